//! A participant without a document: it notes which edits of whom have come and when. Knows no servers.

use std::{cell::RefCell, rc::Rc};

use crate::{
    framing::{Framing, Said},
    line::{Door, Hear, Line},
    ranges::{Walk, walk},
    room::Room,
};

/// What one client has received.
pub(crate) struct Received {
    room: Rc<RefCell<Room>>,
    framing: Framing,
    /// Which author this client is.
    own: Option<usize>,
    /// Of each author: the clock up to which everything has come.
    next: Vec<u64>,
    /// What has come beyond a gap: author, first clock, the clock after the last.
    beyond: Vec<(usize, u64, u64)>,
    /// Of each author: the number in the newest presence state.
    presence: Vec<u64>,
    /// The updates themselves, of those whose copy is looked at in the end.
    pub(crate) kept: Option<Vec<Vec<u8>>>,
    /// The server has answered with what it has.
    pub(crate) whole: bool,
    /// Bytes of messages.
    pub(crate) bytes: u64,
    line: Option<Rc<Line>>,
    /// Why it ended, or what was wrong.
    pub(crate) ended: Option<String>,
}

/// A connected client.
pub(crate) struct Client {
    pub(crate) line: Rc<Line>,
    pub(crate) framing: Framing,
    pub(crate) received: Rc<RefCell<Received>>,
}

impl Client {
    /// Connects and asks for the document. `own` is which author it is; `keep` keeps what comes for [`Self::kept`].
    pub(crate) async fn join(
        door: &Door,
        framing: &Framing,
        room: &Rc<RefCell<Room>>,
        own: Option<usize>,
        keep: bool,
    ) -> Result<Self, String> {
        let authors = room.borrow().authors.len();
        let received = Rc::new(RefCell::new(Received {
            room: Rc::clone(room),
            framing: framing.clone(),
            own,
            next: vec![0; authors],
            beyond: Vec::new(),
            presence: vec![0; authors],
            kept: keep.then(Vec::new),
            whole: false,
            bytes: 0,
            line: None,
            ended: None,
        }));
        let line = Line::open(door, Rc::clone(&received)).await?;
        received.borrow_mut().line = Some(Rc::clone(&line));
        framing.greeting().iter().for_each(|message| line.send(message));
        Ok(Self { line, framing: framing.clone(), received })
    }

    /// What is wrong with what this client has, if anything: a lost connection, an edit that has not come.
    pub(crate) fn lacks(&self) -> Option<String> {
        let received = self.received.borrow();
        if let Some(why) = &received.ended {
            return Some(format!("ended: {why}"));
        }
        received.lacks()
    }

    /// As [`Self::lacks`], for the last presence of everyone else.
    pub(crate) fn lacks_presence(&self) -> Option<String> {
        let received = self.received.borrow();
        received.ended.as_ref().map(|why| format!("ended: {why}")).or_else(|| received.lacks_presence())
    }
}

impl Received {
    /// This client has an author's edits up to a clock without being told.
    pub(crate) fn knows(&mut self, author: usize, clock: u64) {
        self.next[author] = clock;
    }

    fn lacks(&self) -> Option<String> {
        let room = self.room.borrow();
        let authors = room.authors.iter().zip(&self.next).enumerate();
        let mut lacking = authors.filter(|(author, (sent, next))| Some(*author) != self.own && **next < sent.end);
        let (author, (sent, next)) = lacking.next()?;
        let beyond: Vec<_> = self.beyond.iter().filter(|(whose, ..)| *whose == author).collect();
        Some(format!("author {author}: has up to {next}, then {beyond:?}, of {}", sent.end))
    }

    fn lacks_presence(&self) -> Option<String> {
        let room = self.room.borrow();
        let states = room.authors.iter().zip(&self.presence).enumerate();
        let mut old = states.filter(|(author, (sent, has))| Some(*author) != self.own && **has < sent.presence);
        let (author, (sent, has)) = old.next()?;
        Some(format!("presence of author {author}: has {has}, the last was {}", sent.presence))
    }

    fn updated(&mut self, update: &[u8], at: u64) -> Option<()> {
        if let Some(kept) = &mut self.kept {
            kept.push(update.to_vec());
        }
        let room = self.room.borrow();
        let mut tally = room.tally.borrow_mut();
        tally.messages += 1;
        walk(update, |client, from, to| {
            let Some(author) = room.author(client).filter(|author| Some(*author) != self.own) else { return };
            let next = &mut self.next[author];
            let mut tell = |from: u64, to: u64| {
                tally.delivered += to - from;
                for clock in from..to {
                    if let Some(sent) = room.authors[author].sent_at(clock) {
                        tally.came(sent, at);
                    }
                }
            };
            if from > *next {
                // A later part overtook; what it fills is counted when it comes.
                self.beyond.push((author, from, to));
                tell(from, to);
                return;
            }
            if to > *next {
                tell(*next, to);
                *next = to;
                while let Some(place) =
                    self.beyond.iter().position(|(whose, from, _)| *whose == author && *from <= *next)
                {
                    *next = (*next).max(self.beyond.swap_remove(place).2);
                }
            }
        })
    }

    fn presence(&mut self, entries: &[u8], at: u64) -> Option<()> {
        let room = self.room.borrow();
        let mut tally = room.tally.borrow_mut();
        tally.messages += 1;
        let mut walk = Walk::new(entries);
        for _ in 0..walk.number()? {
            let (client, _clock, state) = (walk.number()?, walk.number()?, walk.bytes()?);
            let Some(author) = room.author(client).filter(|author| Some(*author) != self.own) else { continue };
            let Some(number) = cursor(state).filter(|number| *number > self.presence[author]) else { continue };
            self.presence[author] = number;
            tally.delivered += 1;
            if let Some(sent) = room.authors[author].sent_at(number) {
                tally.came(sent, at);
            }
        }
        Some(())
    }
}

/// The number that a presence state carries: its cursor's x. Servers count clocks anew and rewrite the rest.
fn cursor(state: &[u8]) -> Option<u64> {
    const KEY: &[u8] = b"\"cursor\":[";
    let at = state.windows(KEY.len()).position(|part| part == KEY)? + KEY.len();
    let digits = state[at..].iter().take_while(|byte| byte.is_ascii_digit());
    Some(digits.fold(0, |number, digit| number * 10 + u64::from(digit - b'0')))
}

impl Hear for Received {
    fn hear(&mut self, message: &[u8], at: u64) {
        self.bytes += message.len() as u64;
        let framing = std::mem::replace(&mut self.framing, Framing::YWebsocket);
        let understood = match framing.read(message) {
            Some(Said::Update(update)) => self.updated(update, at),
            Some(Said::Whole(update)) => {
                self.whole = true;
                self.updated(update, at)
            }
            Some(Said::Awareness(entries)) => self.presence(entries, at),
            Some(Said::Asks) => {
                self.line.iter().for_each(|line| line.send(&framing.nothing()));
                Some(())
            }
            Some(Said::Denied(why)) => {
                self.ended = Some(format!("denied: {why}"));
                Some(())
            }
            Some(Said::Other) => Some(()),
            None => None,
        };
        self.framing = framing;
        if understood.is_none() {
            self.ended.get_or_insert_with(|| format!("not understood: {:?}", &message[..message.len().min(60)]));
        }
    }

    fn ended(&mut self, why: String) {
        self.ended.get_or_insert(why);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_carries_a_number_wherever_it_stands() {
        assert_eq!(cursor(br#"{"user":{"id":"x"},"cursor":[1234,7]}"#), Some(1_234));
        assert_eq!(cursor(br#"{"cursor":null}"#), None);
        assert_eq!(cursor(b"null"), None);
    }
}
