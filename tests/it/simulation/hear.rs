//! What a tab does when the server says something, by the manners of its provider. Knows no lines.

use yrs::{ReadTxn, Transact, Update, updates::decoder::Decode};

use super::{
    book::Book,
    frame::{self, Said},
    plan::Manner,
    tab::Tab,
};
use crate::{kill_facts::Facts, kill_load::facts_of_decoded};

/// What follows from what was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum After {
    Nothing,
    /// An edit was refused: the old document is put aside, and a fresh one loaded over a new line.
    Fresh,
}

impl Tab {
    /// A new line.
    pub(crate) fn opened(&mut self) {
        match self.part.manner {
            Manner::Own => {
                self.say(frame::auth());
                self.say(frame::stateless(r#"{"type":"hello","client":"jalostamo/1"}"#));
                self.say_step_1();
            }
            Manner::Hocuspocus => self.say(frame::auth()),
            Manner::YWebsocket => {
                self.talks = true;
                self.say_step_1();
                self.tell_presence();
            }
        }
    }

    /// `ordered` is whether an honest edit can be refused here.
    pub(crate) fn hear(&mut self, said: Said, ordered: bool, book: &mut Book) -> After {
        book.note(|| format!("tab {} hears {said:?}", self.number).chars().take(200).collect());
        match said {
            Said::Step1(vector) => {
                let first = self.part.manner == Manner::Own && !self.talks;
                self.talks |= first;
                self.answer(&vector);
                if first {
                    self.tell_presence();
                }
            }
            // A newcomer is told what happens before it is told what there was: as Yjs, it keeps that for later.
            Said::Update { step_2: false, update } if !self.synced => self.early.push(update),
            Said::Update { update, .. } => {
                self.synced = true;
                self.early.push(update);
                self.take_in(book);
            }
            Said::Presence(entries) => {
                for entry in entries {
                    let known = self.clocks.get(&entry.client).copied();
                    let again =
                        known == Some(entry.clock) && (entry.state.is_none() || self.part.manner == Manner::Own);
                    if entry.client == self.client() || !(known.is_none_or(|known| known < entry.clock) || again) {
                        continue;
                    }
                    self.clocks.insert(entry.client, entry.clock);
                    match entry.state {
                        Some(state) => _ = self.others.insert(entry.client, serde_json::from_slice(&state).unwrap()),
                        None => _ = self.others.remove(&entry.client),
                    }
                }
            }
            Said::Accepted if self.part.manner == Manner::Hocuspocus => {
                (self.talks, self.unsynced) = (true, 1);
                self.say_step_1();
                self.tell_presence();
            }
            Said::Stateless(json) => return self.told(&json, ordered, book),
            Said::Status(true) => {
                self.unsynced -= 1;
                if self.unsynced < 0 {
                    book.wrong(format!("tab {} was told of more durable messages than it had sent", self.number));
                }
                if self.unsynced == 0 {
                    self.figures.acknowledged += 1;
                    let facts = std::mem::take(&mut self.unsynced_facts);
                    book.history.acknowledged.push((format!("all of tab {}", self.number), facts));
                }
            }
            Said::Status(false) if self.mischief > 0 => {
                self.mischief -= 1;
                self.unsynced -= 1;
            }
            Said::Status(false) => {
                book.wrong(format!("an honest edit of tab {} was refused", self.number));
                return After::Fresh;
            }
            Said::Accepted | Said::Denied | Said::Nothing => {}
        }
        After::Nothing
    }

    fn take_in(&mut self, book: &mut Book) {
        self.figures.received += self.early.len() as u64;
        let decoded = self.early.drain(..).map(|update| Update::decode_v1(&update).unwrap());
        let decoded = Update::merge_updates(decoded.collect::<Vec<_>>());
        let facts = facts_of_decoded(&decoded);
        self.worker.doc.transact_mut().apply_update(decoded).unwrap();
        self.known.join(&facts);
        book.in_order(self, &facts);
        if self.worker.doc.transact().has_missing_updates() {
            book.wrong(format!("tab {} is in step, and lacks what an edit builds on", self.number));
        }
    }

    /// What only the project's own provider is told.
    fn told(&mut self, json: &serde_json::Value, ordered: bool, book: &mut Book) -> After {
        let number = self.number;
        match json["type"].as_str().unwrap() {
            "session" => {
                let before = self.session.as_ref().map_or(0, |session| session["seq"].as_u64().unwrap());
                let seq = json["seq"].as_u64().unwrap();
                if seq < before {
                    book.wrong(format!("tab {number} heard of session {seq} after session {before}"));
                }
                if seq > book.seq() {
                    book.wrong(format!("tab {number} heard of session {seq}, which is not in the journal"));
                }
                self.session = Some(json.clone());
                if self.part.manner == Manner::Own {
                    self.say(frame::stateless(&format!(r#"{{"type":"seen","seq":{seq}}}"#)));
                }
            }
            "durable" => {
                let n = json["n"].as_u64().unwrap();
                if n < self.durable || n > self.sent {
                    book.wrong(format!("tab {number} sent {} and was told that {n} are durable", self.sent));
                }
                self.durable = n;
                while let Some(sent) = self.pending.pop_front_if(|sent| sent.n <= n) {
                    if !sent.mischief {
                        self.figures.acknowledged += 1;
                        book.history.acknowledged.push((format!("message {} of tab {number}", sent.n), sent.facts));
                    }
                }
            }
            "refused" => {
                let n = json["n"].as_u64().unwrap();
                let Some(at) = self.pending.iter().position(|sent| sent.n == n) else {
                    book.wrong(format!("tab {number} was refused message {n}, which was settled or never sent"));
                    return After::Nothing;
                };
                let Some(sent) = self.pending.remove(at) else { return After::Nothing };
                self.figures.refused += 1;
                if sent.mischief {
                    return After::Nothing;
                }
                let code = json["reason"]["code"].as_str().unwrap();
                let bound = !self.part.role.runs_the_board() && ordered && matches!(code, "locked" | "readOnly");
                if !bound {
                    book.wrong(format!("an honest edit of tab {number} was refused: {}", json["reason"]));
                }
                let mut facts = Facts::default();
                facts.made(self.client(), sent.fresh);
                book.history.refused.push((format!("message {n} of tab {number}"), facts));
                return After::Fresh;
            }
            other => book.wrong(format!("tab {number} heard {other}")),
        }
        After::Nothing
    }
}
