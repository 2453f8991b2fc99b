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
    /// When the server had answered with what it has.
    pub(crate) whole: Option<u64>,
    /// Messages are kept as they came and looked at by [`Received::look`]: walking a large board takes long.
    unread: Option<Vec<Vec<u8>>>,
    line: Option<Rc<Line>>,
    /// What comes to it counts among the latencies.
    pub(crate) timed: bool,
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
        let received = Rc::new(RefCell::new(Received::new(room, framing, own, keep)));
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
    fn new(room: &Rc<RefCell<Room>>, framing: &Framing, own: Option<usize>, keep: bool) -> Self {
        let authors = room.borrow().authors.len();
        Self {
            room: Rc::clone(room),
            framing: framing.clone(),
            own,
            next: vec![0; authors],
            beyond: Vec::new(),
            presence: vec![0; authors],
            kept: keep.then(Vec::new),
            whole: None,
            unread: None,
            line: None,
            timed: true,
            ended: None,
        }
    }

    /// This client has an author's edits up to a clock without being told.
    pub(crate) fn knows(&mut self, author: usize, clock: u64) {
        self.next[author] = clock;
    }

    /// Looks at what has come from now on, but not yet.
    pub(crate) fn put_off(&mut self) {
        self.unread.get_or_insert_default();
    }

    /// Looks at what was put off, and from now on at everything when it comes.
    pub(crate) fn look(&mut self) {
        for message in self.unread.take().into_iter().flatten() {
            // Its time is over: it is not measured.
            self.hear(&message, 0);
        }
    }

    /// Of each author: the clock up to which everything has come.
    pub(crate) fn up_to(&self) -> impl Iterator<Item = u64> {
        self.next.iter().copied()
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
                    if let Some(sent) = room.authors[author].sent_at(clock).filter(|_| self.timed) {
                        tally.came(sent, at);
                    }
                }
            };
            if from > *next {
                // A later part overtook; what lacks is counted when it comes.
                if !self.beyond.contains(&(author, from, to)) {
                    self.beyond.push((author, from, to));
                    tell(from, to);
                }
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
            if let Some(sent) = room.authors[author].sent_at(number).filter(|_| self.timed) {
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
        if let Some(unread) = &mut self.unread {
            if matches!(self.framing.read(message), Some(Said::Whole(_))) {
                self.whole.get_or_insert(at);
            }
            unread.push(message.to_vec());
            return;
        }
        let framing = std::mem::replace(&mut self.framing, Framing::YWebsocket);
        let understood = match framing.read(message) {
            Some(Said::Update(update)) => self.updated(update, at),
            Some(Said::Whole(update)) => {
                self.whole.get_or_insert(at);
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
    use jalostamo::ids::PersonId;

    use super::*;
    use crate::{
        board::{Board, Mover},
        room::{Sent, Shared},
    };

    /// A room where author 1 sends three moves at 10, 20 and 30, and somebody else to hear them.
    fn listener() -> (Rc<RefCell<Room>>, Received, Vec<Vec<u8>>) {
        let board = Board::new(100, PersonId::new(), 1, 0);
        let room = Room::new(100, 2, &Shared::default());
        room.borrow().tally.borrow_mut().until = u64::MAX;
        let mut mover = Mover::new(101, &board, 0..1).unwrap();
        let messages = (1..4).map(|end| {
            room.borrow_mut().authors[1].sends(Sent::Edits { end }, end * 10);
            Framing::YWebsocket.update(&mover.step(1))
        });
        let messages = messages.collect();
        let received = Received::new(&room, &Framing::YWebsocket, None, false);
        (room, received, messages)
    }

    #[test]
    fn an_edit_that_never_comes_is_found() {
        let (room, mut received, messages) = listener();
        received.hear(&messages[0], 15);
        assert!(received.lacks().unwrap().contains("has up to 1"));
        received.hear(&messages[2], 35);
        // Twice is not more than once.
        received.hear(&messages[0], 36);
        received.hear(&messages[2], 37);
        let lacking = received.lacks().unwrap();
        assert!(lacking.contains("has up to 1, then [(1, 2, 3)], of 3"), "{lacking}");
        assert_eq!(room.borrow().tally.borrow().delivered, 2);
        received.hear(&messages[1], 45);
        assert_eq!(received.lacks(), None);
        let room = room.borrow();
        let tally = room.tally.borrow();
        assert_eq!((tally.delivered, tally.messages), (3, 5));
        assert!((tally.latency.milliseconds(1.0) - 25e-6).abs() < 1e-6);
    }

    #[test]
    fn a_last_presence_that_never_comes_is_found() {
        let (room, mut received, _) = listener();
        room.borrow_mut().authors[1].sends(Sent::Presence { number: 7 }, 50);
        let state = |number| Framing::YWebsocket.awareness(101, 900, &format!(r#"{{"cursor":[{number},1]}}"#));
        received.hear(&state(5), 60);
        assert!(received.lacks_presence().unwrap().contains("has 5, the last was 7"));
        received.hear(&state(7), 70);
        // An older one that was overtaken does not bring it back.
        received.hear(&state(6), 80);
        assert_eq!(received.lacks_presence(), None);
        assert_eq!(room.borrow().tally.borrow().delivered, 2);
    }

    #[test]
    fn what_is_put_off_is_looked_at_later() {
        let (_, mut received, messages) = listener();
        received.put_off();
        messages.iter().for_each(|message| received.hear(message, 40));
        assert!(received.lacks().is_some());
        received.look();
        assert_eq!(received.lacks(), None);
    }

    #[test]
    fn what_is_not_understood_is_told() {
        let (_, mut received, _) = listener();
        received.hear(&[0, 2, 200, 1], 1);
        assert!(received.ended.unwrap().starts_with("not understood"));
    }

    #[test]
    fn a_cursor_carries_a_number_wherever_it_stands() {
        assert_eq!(cursor(br#"{"user":{"id":"x"},"cursor":[1234,7]}"#), Some(1_234));
        assert_eq!(cursor(br#"{"cursor":null}"#), None);
        assert_eq!(cursor(b"null"), None);
    }
}
