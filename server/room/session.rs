//! The session state of a board: facilitation with its recent past, people, storage; and its JSON for one person.
//! Knows no peers and no journal.

use std::{
    collections::{BTreeMap, HashSet, VecDeque},
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use crate::{
    access::table,
    clock,
    facilitation::{self, Event, Grace, State, View},
    ids::{PersonId, RoundId, Seq},
    limits,
    rights::{Action, Rights, Whose},
    role::Role,
    store::{Health, people::Around, records::Person},
};

/// The facilitation state as a checkpoint keeps it.
#[derive(Serialize, Deserialize)]
struct Kept {
    seq: Seq,
    state: State,
}

/// The JSON of a checkpoint's facilitation.
pub(super) fn keep(seq: Seq, state: &State) -> String {
    serde_json::to_string(&Kept { seq, state: state.clone() }).unwrap_or_default()
}

/// Reads what [`keep`] wrote. A checkpoint that something else made may hold the bare state; then its number is
/// the checkpoint's. `None` when it is neither.
pub(super) fn kept(json: &str, checkpoint: Seq) -> Option<(Seq, State)> {
    if json.is_empty() {
        return Some((0, State::default()));
    }
    match serde_json::from_str::<Kept>(json) {
        Ok(kept) => Some((kept.seq, kept.state)),
        Err(_) => serde_json::from_str(json).ok().map(|state| (checkpoint, state)),
    }
}

pub(super) struct Session {
    /// Facilitation states, oldest first; never empty: those that may still bind somebody.
    states: VecDeque<(Seq, Instant, State)>,
    /// The number of the newest facilitation event.
    seq: Seq,
    /// Texts that somebody was writing when a part ended.
    grace: Grace,
    pub(super) people: Vec<(Person, Role)>,
    /// The team works no more, and when the next role on the board ends.
    pub(super) around: Around,
    /// How many have written something in private, in rounds of which everybody is to know.
    pub(super) written: BTreeMap<RoundId, usize>,
    pub(super) storage: Health,
}

impl Session {
    pub(super) fn new(seq: Seq, state: State) -> Self {
        let states = [(seq, clock::instant(), state)].into();
        Self {
            states,
            seq,
            grace: Grace::default(),
            people: Vec::new(),
            around: Around::default(),
            written: BTreeMap::new(),
            storage: Health::Good,
        }
    }

    /// The number of the newest facilitation event.
    pub(super) fn seq(&self) -> Seq {
        self.seq
    }

    /// The number of the newest one that steers the board, as far as is known: when the room was opened since, of the
    /// newest then.
    pub(super) fn steered(&self) -> Seq {
        self.states.back().map_or(0, |(seq, _, _)| *seq)
    }

    pub(super) fn state(&self) -> State {
        self.states.back().map(|(_, _, state)| state.clone()).unwrap_or_default()
    }

    /// Takes an event that is in the journal as number `seq`. One that does not steer binds nobody to anything, and changes the
    /// newest state in its place.
    pub(super) fn apply(&mut self, seq: Seq, event: &Event) {
        if let Some((_, _, newest)) = self.states.back_mut().filter(|_| !event.steers()) {
            facilitation::apply(newest, event);
            self.seq = seq;
            return;
        }
        let mut state = self.state();
        facilitation::apply(&mut state, event);
        if matches!(event, Event::PartStarted { .. } | Event::PartEnded { .. } | Event::PartChanged { .. }) {
            self.grace.part_ended(clock::instant().into_std());
        }
        self.push(seq, state);
    }

    /// Somebody changed the texts of these objects.
    pub(super) fn wrote(&mut self, person: PersonId, objects: &[Arc<str>]) {
        if self.states.back().is_some_and(|(_, _, state)| state.workshop().is_some()) {
            self.grace.wrote(person, objects, clock::instant().into_std());
        }
    }

    /// Takes the state after entry `seq` as read anew from the journal.
    pub(super) fn replace(&mut self, seq: Seq, state: State) {
        if seq != self.seq() {
            self.push(seq, state);
        }
    }

    fn push(&mut self, seq: Seq, state: State) {
        self.seq = seq;
        self.states.push_back((seq, clock::instant(), state));
        // One that is older than the grace binds nobody who has a newer one that is older than it too.
        while self.states.get(1).is_some_and(|(_, since, _)| since.elapsed() >= limits::GRACE) {
            self.states.pop_front();
        }
    }

    /// The rights by which an update is judged, one after the other: it may enter if any of them lets it. The
    /// newest always counts, older ones as long as the connection has not confirmed what followed them, and
    /// for the grace time at most.
    pub(super) fn rights(&self, person: PersonId, role: Role, seen: Seq) -> Vec<Rights> {
        let rights = self.binding(seen).map(|state| {
            let mut rights = self.narrowed(table::rights(person, role, state), role);
            if let Some(part) = &mut rights.part {
                part.texts = self.grace.texts(person, clock::instant().into_std());
            }
            rights
        });
        rights.collect()
    }

    /// Rights on a board whose team may work no more.
    fn narrowed(&self, mut rights: Rights, role: Role) -> Rights {
        rights.read_only |= self.around.withdrawn && !role.runs_the_board();
        rights
    }

    /// The states that may bind a connection which has confirmed this one, the newest first.
    fn binding(&self, seen: Seq) -> impl Iterator<Item = &State> {
        let binds = move |(seq, since, _): &(Seq, Instant, State)| *seq <= seen || since.elapsed() >= limits::GRACE;
        let oldest = self.states.iter().rposition(binds).unwrap_or(0);
        self.states.iter().skip(oldest).rev().map(|(_, _, state)| state)
    }

    /// As [`Session::rights`], on what this participant writes in private in a round.
    pub(super) fn draft_rights(&self, person: PersonId, role: Role, seen: Seq, round: RoundId) -> Vec<Rights> {
        let rights = |state: &State| state.round(round).and_then(|round| table::draft(person, role, state, round));
        self.binding(seen).filter_map(rights).map(|rights| self.narrowed(rights, role)).collect()
    }

    /// What is the same in everyone's session state: members of a JSON object, without braces. `guests` are here without
    /// being members.
    pub(super) fn shared(&self, here: &HashSet<PersonId>, guests: &[(PersonId, &str, Role)]) -> Arc<str> {
        let state = self.states.back().map(|(_, _, state)| state);
        let mut locked: Vec<&String> = state.iter().flat_map(|state| state.locked.iter()).collect();
        locked.sort_unstable();
        let members =
            self.people.iter().map(|(person, role)| (person.id, person.name.as_str(), *role, &*person.language));
        let guests = guests.iter().map(|(person, name, role)| (*person, *name, *role, ""));
        let line = |(person, name, role, language)| Line { person, name, role, here: here.contains(&person), language };
        let shared = Shared {
            written: &self.written,
            people: members.chain(guests).map(line).collect(),
            locked,
            paused: state.is_some_and(|state| state.paused),
            withdrawn: self.around.withdrawn,
            storage: match self.storage {
                Health::Good => "good",
                Health::Full => "full",
                Health::Failing => "failing",
            },
        };
        members_of(&shared)
    }

    /// What a role is allowed and sees now, in everyone's session state who has it: likewise.
    pub(super) fn allowed(&self, role: Role) -> Arc<str> {
        let state = self.state();
        let rights = self.narrowed(table::rights(PersonId::new(), role, &state), role);
        let whose = |action: Action| -> Value {
            json!(Whose::ALL.into_iter().filter(|whose| rights.allows(action, *whose)).collect::<Vec<_>>())
        };
        let row = Action::ALL.into_iter().map(|action| (action.word().to_owned(), whose(action))).collect();
        members_of(&OfRole { allowed: row, view: state.visible_to(role, clock::now_ms()) })
    }
}

/// The parts of the session state that are a role's.
#[derive(Serialize)]
struct OfRole<'a> {
    allowed: Map<String, Value>,
    #[serde(flatten)]
    view: View<'a>,
}

/// The parts of the session state that are everyone's.
#[derive(Serialize)]
struct Shared<'a> {
    people: Vec<Line<'a>>,
    /// How many have written something in private, by round, where everybody is to know.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    written: &'a BTreeMap<RoundId, usize>,
    locked: Vec<&'a String>,
    paused: bool,
    withdrawn: bool,
    storage: &'static str,
}

#[derive(Serialize)]
struct Line<'a> {
    person: PersonId,
    name: &'a str,
    role: Role,
    here: bool,
    /// In which they read the app; left out when it is not known.
    #[serde(skip_serializing_if = "str::is_empty")]
    language: &'a str,
}

/// An object's members as JSON, without its braces.
fn members_of(object: &impl Serialize) -> Arc<str> {
    let json = serde_json::to_string(object).unwrap_or_default();
    json.strip_prefix('{').and_then(|json| json.strip_suffix('}')).unwrap_or_default().into()
}

/// The session state of one person. Its large parts are shared with everyone who gets the same.
#[derive(Clone)]
pub(super) struct Told {
    pub(super) seq: Seq,
    pub(super) person: PersonId,
    pub(super) role: Role,
    pub(super) shared: Arc<str>,
    pub(super) allowed: Arc<str>,
}

impl Told {
    /// The state as `docs/protocol.md` 3.2 has it.
    pub(super) fn state(&self) -> String {
        let Told { person, role, shared, allowed, .. } = self;
        format!(r#"{{"me":{},{allowed},{shared}}}"#, json!({ "person": person, "role": role }))
    }

    /// The stateless message that carries it.
    pub(super) fn message(&self) -> String {
        format!(r#"{{"type":"session","seq":{},"state":{}}}"#, self.seq, self.state())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_only(session: &Session, seen: Seq) -> Vec<bool> {
        session.rights(PersonId::new(), Role::Participant, seen).iter().map(|rights| rights.read_only).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn a_pause_binds_who_has_seen_it_at_once_and_others_after_the_grace() {
        let mut session = Session::new(0, State::default());
        session.apply(5, &Event::Paused { by: PersonId::new() });
        assert_eq!(read_only(&session, 0), [true, false]);
        assert_eq!(read_only(&session, 5), [true]);
        tokio::time::advance(limits::GRACE).await;
        assert_eq!(read_only(&session, 0), [true]);
        session.apply(6, &Event::Resumed { by: PersonId::new() });
        assert_eq!(read_only(&session, 5), [false, true]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_hand_that_goes_up_makes_no_command_late_and_loosens_no_restriction() {
        let mut session = Session::new(0, State::default());
        session.apply(5, &Event::Paused { by: PersonId::new() });
        session.apply(6, &Event::HandRaised { at: 0, by: PersonId::new() });
        assert_eq!((session.steered(), session.seq(), session.state().attention.hands.len()), (5, 6, 1));
        assert_eq!((read_only(&session, 5), read_only(&session, 6)), (vec![true], vec![true]));
        assert_eq!(read_only(&session, 0), [true, false], "who has not seen the pause is still in its grace");
    }

    #[test]
    fn the_board_of_a_withdrawn_team_is_read_only_but_for_those_who_run_it() {
        let mut session = Session::new(0, State::default());
        session.around.withdrawn = true;
        let bound = |role| session.rights(PersonId::new(), role, 0)[0].read_only;
        assert_eq!(Role::ALL.map(bound), [false, false, true, true]);
    }

    #[test]
    fn a_kept_state_comes_back_with_its_number() {
        let state = State { paused: true, ..State::default() };
        assert_eq!(kept(&keep(7, &state), 9), Some((7, state.clone())));
        assert_eq!(kept(&serde_json::to_string(&state).unwrap(), 9), Some((9, state)));
        assert_eq!(kept("", 9), Some((0, State::default())));
        assert_eq!(kept("nonsense", 9), None);
    }

    #[test]
    fn the_parts_make_one_state_whatever_names_hold() {
        let mut session = Session::new(4, State { locked: Arc::new(["s_1".to_owned()].into()), ..State::default() });
        let (aino, guest) = (PersonId::new(), PersonId::new());
        let name = r#"{"Aino"},\n}"#;
        let row = Person { id: aino, name: name.into(), language: String::new(), made: 0, server_owner: false };
        session.people = vec![(row, Role::Participant)];
        let shared = session.shared(&[guest].into(), &[(guest, "Guest", Role::Owner)]);
        let told =
            Told { seq: 4, person: aino, role: Role::Participant, shared, allowed: session.allowed(Role::Participant) };
        let json: Value = serde_json::from_str(&told.message()).unwrap();
        assert_eq!((&json["type"], &json["seq"]), (&json!("session"), &json!(4)));
        let state = &json["state"];
        assert_eq!(state["me"], json!({ "person": aino, "role": "participant" }));
        assert_eq!(state["allowed"]["create"], json!(["own"]));
        assert_eq!(
            (&state["locked"], &state["paused"], &state["storage"]),
            (&json!(["s_1"]), &json!(false), &json!("good"))
        );
        let expected = json!([{ "person": aino, "name": name, "role": "participant", "here": false },
                              { "person": guest, "name": "Guest", "role": "owner", "here": true }]);
        assert_eq!(state["people"], expected);
    }
}
