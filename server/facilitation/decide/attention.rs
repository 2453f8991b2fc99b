//! From a command about who asks for attention, or where facilitators lead, to its events. Knows no journal.

use crate::{
    facilitation::{Command, Event, Help, No, Place, State},
    ids::{PartId, PersonId},
    limits,
    programme::Wrong,
    role::Role,
    text,
};

/// As [`super::decide`], of such a command; that the role may give it at all is seen to.
pub(super) fn decide(state: &State, command: &Command, who: PersonId, role: Role, now: i64) -> Result<Vec<Event>, No> {
    let asker = Asker { state, by: who, role, now };
    let by = who;
    let event = match command {
        Command::RaiseHand => asker.raise_hand()?,
        Command::LowerHand { person } => asker.lower_hand(asker.own_or_any(*person)?),
        Command::AskHelp { text } => asker.ask_help(text)?,
        Command::EndHelp { person } => asker.end_help(asker.own_or_any(*person)?),
        Command::ClaimHelp { person } => asker.claim_help(*person)?,
        Command::ReleaseHelp { person } => {
            asker.help(*person)?.coming.map(|_| Event::HelpReleased { person: *person, by })
        }
        Command::SayDone { part } => asker.say_done(*part, true)?,
        Command::SayNotDone { part } => asker.say_done(*part, false)?,
        Command::Gather { place } => Some(asker.gather(place)?),
        Command::EndGather => state.attention.gather.as_ref().map(|_| Event::GatherEnded { by }),
        Command::Lead { control } => asker.lead(*control)?,
        Command::EndLead => state.attention.lead.as_ref().map(|_| Event::LeadEnded { by }),
        _ => None,
    };
    Ok(event.into_iter().collect())
}

/// Who asks, of which board, when.
struct Asker<'a> {
    state: &'a State,
    by: PersonId,
    role: Role,
    now: i64,
}

impl<'a> Asker<'a> {
    /// Whose this is to be: the asker's own, or anybody's for those who run the board.
    fn own_or_any(&self, person: Option<PersonId>) -> Result<PersonId, No> {
        let person = person.unwrap_or(self.by);
        if person == self.by || self.role.runs_the_board() { Ok(person) } else { Err(No::Role) }
    }

    fn help(&self, person: PersonId) -> Result<&'a Help, No> {
        self.state.attention.help_of(person).ok_or(No::NoHelp)
    }

    fn raise_hand(&self) -> Result<Option<Event>, No> {
        let hands = &self.state.attention.hands;
        if hands.contains_key(&self.by) {
            return Ok(None);
        }
        if hands.len() >= limits::PEOPLE_PER_BOARD {
            return Err(No::Full);
        }
        Ok(Some(Event::HandRaised { at: self.now, by: self.by }))
    }

    fn lower_hand(&self, person: PersonId) -> Option<Event> {
        let is_up = self.state.attention.hands.contains_key(&person);
        is_up.then_some(Event::HandLowered { person, by: self.by })
    }

    fn ask_help(&self, text: &str) -> Result<Option<Event>, No> {
        let text = text::line_or_nothing(text, limits::HELP_CHARS)
            .ok_or(No::Wrong(Wrong::Field("a request for help has at most 200 characters")))?;
        match self.state.attention.help_of(self.by) {
            Some(help) if help.text == text => return Ok(None),
            None if self.state.attention.help.len() >= limits::HELP_PER_BOARD => return Err(No::Full),
            _ => {}
        }
        Ok(Some(Event::HelpAsked { text, at: self.now, by: self.by }))
    }

    fn end_help(&self, person: PersonId) -> Option<Event> {
        let asked = self.state.attention.help_of(person);
        asked.map(|_| Event::HelpEnded { person, at: self.now, by: self.by })
    }

    fn claim_help(&self, person: PersonId) -> Result<Option<Event>, No> {
        match self.help(person)?.coming {
            None => Ok(Some(Event::HelpClaimed { person, at: self.now, by: self.by })),
            Some(coming) if coming == self.by => Ok(None),
            Some(coming) => Err(No::Taken(coming, Event::HELP_CLAIMED)),
        }
    }

    /// Of the part that runs: one that came late is of another.
    fn say_done(&self, part: PartId, done: bool) -> Result<Option<Event>, No> {
        if self.role == Role::Observer {
            return Err(No::Role);
        }
        let current = self.state.workshop().and_then(|run| run.current);
        if current.is_none_or(|current| current.part != part) {
            return Err(No::NoPart);
        }
        let (by, said) = (self.by, &self.state.attention.done);
        match (done, said.contains(&by)) {
            (true, false) if said.len() >= limits::PEOPLE_PER_BOARD => Err(No::Full),
            (true, false) => Ok(Some(Event::SaidDone { part, by })),
            (false, true) => Ok(Some(Event::SaidNotDone { part, by })),
            _ => Ok(None),
        }
    }

    /// Again to the same place is a new offer: people may have gone elsewhere since.
    fn gather(&self, place: &Place) -> Result<Event, No> {
        if !place.is_one() {
            return Err(No::Wrong(Wrong::Field("place is a frame, or a rect with a size")));
        }
        Ok(Event::Gathered { place: place.clone(), at: self.now, by: self.by })
    }

    fn lead(&self, control: bool) -> Result<Option<Event>, No> {
        match &self.state.attention.lead {
            Some(lead) if lead.by != self.by => Err(No::Taken(lead.by, Event::LEAD_STARTED)),
            Some(lead) if lead.control == control => Ok(None),
            _ => Ok(Some(Event::LeadStarted { control, at: self.now, by: self.by })),
        }
    }
}
