//! A part of an agenda: what people are told, for how long, and what they may do. Knows not whether it runs.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Texts, round};
use crate::{
    board::schema::{self, Root},
    ids::PartId,
    limits,
    programme::{Names, Wrong},
    rights::{Action, Allowed, PartRights, Whose},
    text,
};

/// A part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Part {
    /// Without one it is a new part.
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "pt_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub id: PartId,
    pub title: Names,
    #[serde(default)]
    pub instruction: Texts,
    /// 1 to 480.
    pub minutes: u32,
    /// To how many minutes it may shrink when time is short; null: it may not.
    #[serde(default)]
    #[schema(required)]
    pub least: Option<u32>,
    /// It runs before the workshop's beginning, as an open door does. Only of the first parts of an agenda.
    #[serde(default, skip_serializing_if = "not")]
    pub early: bool,
    /// The frame of the board in which it happens.
    #[serde(default)]
    #[schema(required)]
    pub frame: Option<String>,
    /// The title of that frame, at most 120 characters: on each board the frame of this title is the one, from when the part
    /// begins there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// What participants may do; null: what their role allows.
    #[serde(default)]
    #[schema(required)]
    pub may: Option<May>,
    #[serde(default)]
    pub writing: Writing,
    #[serde(default)]
    pub naming: Naming,
    #[serde(default)]
    #[schema(required)]
    pub vote: Option<Vote>,
    /// Kinds of items that a vote in this part is about; none named: every kind that is no container.
    #[serde(default, skip_serializing_if = "nothing")]
    #[schema(value_type = Vec<String>)]
    pub vote_on: Arc<[String]>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn not(value: &bool) -> bool {
    !value
}

fn nothing(kinds: &[String]) -> bool {
    kinds.is_empty()
}

/// What participants may do in a part; what is left out they may not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct May {
    /// Kinds of items that they may make.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    pub add: Arc<[String]>,
    #[serde(default)]
    pub edit_own: bool,
    /// Includes their own.
    #[serde(default)]
    pub edit_all: bool,
    #[serde(default, rename = "move")]
    pub r#move: bool,
    /// Links of every kind.
    #[serde(default)]
    pub connect: bool,
    #[serde(default)]
    pub delete_own: bool,
    #[serde(default)]
    pub comment: bool,
    /// By the part's `vote`.
    #[serde(default)]
    pub vote: bool,
}

/// Whether what is written shows at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Writing {
    #[default]
    Open,
    /// Everybody for themselves, until it is revealed.
    Silent,
}

/// Whether what is written has its author's name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum Naming {
    #[default]
    Named,
    /// Only with silent writing.
    Anonymous,
}

/// How people vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "method", rename_all = "camelCase", deny_unknown_fields)]
pub enum Vote {
    Dots {
        /// 1 to 99 a person.
        votes: u32,
        /// At most so many of them on one object.
        most: u32,
    },
    /// 1 to 5.
    Rating,
    /// Yes, no or neither.
    YesNo,
}

impl Vote {
    /// Whether its numbers are in their range.
    ///
    /// # Errors
    /// Says what is wrong.
    pub fn check(self) -> Result<(), Wrong> {
        match self {
            Vote::Dots { votes, most } if !(1..=limits::VOTES).contains(&votes) || most < 1 || most > votes => {
                Err(Wrong::Field("votes is 1 to 99, most is 1 to votes"))
            }
            _ => Ok(()),
        }
    }
}

impl May {
    /// The pairs of action and whose object. Deleting others' things no part allows: that is the facilitators'.
    #[must_use]
    pub fn allowed(&self) -> Allowed {
        let both = |actions: Allowed, action| actions.with(action, Whose::Own).with(action, Whose::Others);
        let mut allowed = Allowed::NONE;
        if !self.add.is_empty() {
            allowed = allowed.with(Action::Create, Whose::Own);
        }
        if self.edit_own {
            allowed = allowed.with(Action::Edit, Whose::Own);
        }
        if self.edit_all {
            allowed = both(allowed, Action::Edit);
        }
        if self.r#move {
            allowed = both(allowed, Action::Move);
        }
        if self.connect {
            allowed = both(allowed, Action::Connect);
        }
        if self.delete_own {
            allowed = allowed.with(Action::Delete, Whose::Own);
        }
        if self.comment {
            allowed = allowed.with(Action::Comment, Whose::Own);
        }
        allowed
    }

    fn cleaned(mut self) -> Result<Self, Wrong> {
        self.add = round::kinds(&self.add)?;
        Ok(self)
    }
}

impl Part {
    /// The part as it may be kept.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn cleaned(self) -> Result<Self, Wrong> {
        if !(1..=limits::PART_MINUTES).contains(&self.minutes) {
            return Err(Wrong::Field("minutes is 1 to 480"));
        }
        if self.least.is_some_and(|least| !(1..=self.minutes).contains(&least)) {
            return Err(Wrong::Field("least is 1 to minutes"));
        }
        let is_frame = |id: &String| id.starts_with("r_") && schema::is_object_id(Root::Items, id);
        if !self.frame.iter().all(is_frame) {
            return Err(Wrong::Field("frame is the id of a frame"));
        }
        let area = match self.area.as_deref().map(|title| text::line_or_nothing(title, limits::NAMES_CHARS)) {
            Some(None) => return Err(Wrong::Field("area is one line of at most 120 characters")),
            named => named.flatten().filter(|title| !title.is_empty()),
        };
        if self.naming == Naming::Anonymous && self.writing == Writing::Open {
            return Err(Wrong::Field("anonymous writing is silent"));
        }
        match self.vote {
            Some(vote) => vote.check()?,
            None if self.may.as_ref().is_some_and(|may| may.vote) => {
                return Err(Wrong::Field("a part in which people vote has a vote"));
            }
            None => {}
        }
        Ok(Self {
            title: self.title.cleaned()?,
            instruction: self.instruction.cleaned()?,
            may: self.may.map(May::cleaned).transpose()?,
            vote_on: round::kinds(&self.vote_on)?,
            area,
            ..self
        })
    }

    /// The part with other minutes; what it may shrink to is never more.
    #[must_use]
    pub fn lasting(&self, minutes: u32) -> Self {
        Self { minutes, least: self.least.map(|least| least.min(minutes)), ..self.clone() }
    }

    /// What it leaves of a participant's rights; `None`: all of them.
    #[must_use]
    pub fn rights(&self) -> Option<PartRights> {
        let may = self.may.as_ref()?;
        Some(PartRights { part: self.id, allowed: may.allowed(), kinds: Arc::clone(&may.add), texts: None })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn part(change: Value) -> Result<Part, Wrong> {
        let mut part = json!({"title": {"fi": "Osa"}, "minutes": 5});
        part.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        serde_json::from_value::<Part>(part).unwrap().cleaned()
    }

    #[test]
    fn what_is_left_out_is_not_allowed() {
        let nothing = part(json!({"may": {}})).unwrap();
        assert!(nothing.rights().unwrap().allowed.is_empty());
        assert!(part(json!({})).unwrap().rights().is_none(), "no rules: the role's");
        let some = part(json!({"may": {"add": ["step", "note", "step"], "editAll": true, "comment": true}})).unwrap();
        let rights = some.rights().unwrap();
        assert_eq!(*rights.kinds, ["note".to_owned(), "step".to_owned()]);
        let allowed: Vec<_> = Action::ALL
            .into_iter()
            .flat_map(|action| Whose::ALL.map(|whose| (action, whose)))
            .filter(|(action, whose)| rights.allowed.has(*action, *whose))
            .collect();
        let expected = [
            (Action::Create, Whose::Own),
            (Action::Edit, Whose::Own),
            (Action::Edit, Whose::Others),
            (Action::Comment, Whose::Own),
        ];
        assert_eq!(allowed, expected);
    }

    #[test]
    fn at_the_limits_and_one_past_them() {
        for (good, bad) in [
            (json!({"minutes": 480}), json!({"minutes": 481})),
            (json!({"minutes": 1}), json!({"minutes": 0})),
            (json!({"least": 5}), json!({"least": 6})),
            (json!({"least": 1}), json!({"least": 0})),
            (json!({"instruction": {"sv": "ö".repeat(600)}}), json!({"instruction": {"sv": "ö".repeat(601)}})),
            (json!({"title": {"en": "ö".repeat(120)}}), json!({"title": {"en": "ö".repeat(121)}})),
            (json!({"frame": "r_01JAAAAAAAAAAAAAAAAAAAAAAA"}), json!({"frame": "n_01JAAAAAAAAAAAAAAAAAAAAAAA"})),
            (json!({"may": {"add": ["frame"]}}), json!({"may": {"add": ["sequence"]}})),
            (json!({"voteOn": ["obstacle"]}), json!({"voteOn": ["sequence"]})),
            (json!({"naming": "anonymous", "writing": "silent"}), json!({"naming": "anonymous"})),
            (json!({"vote": {"method": "rating"}, "may": {"vote": true}}), json!({"may": {"vote": true}})),
            (
                json!({"vote": {"method": "dots", "votes": 99, "most": 99}}),
                json!({"vote": {"method": "dots", "votes": 100, "most": 1}}),
            ),
            (
                json!({"vote": {"method": "dots", "votes": 5, "most": 5}}),
                json!({"vote": {"method": "dots", "votes": 5, "most": 6}}),
            ),
        ] {
            assert!(part(good.clone()).is_ok(), "{good}");
            assert!(part(bad.clone()).is_err(), "{bad}");
        }
        assert!(part(json!({"title": {"fi": " "}})).is_err());
    }

    #[test]
    fn an_area_is_a_line_at_the_limit_and_not_one_past_it() {
        let area = |title: String| part(json!({"area": title})).map(|part| part.area);
        assert_eq!(area("  Yhteinen   tavoite ".into()).unwrap().as_deref(), Some("Yhteinen tavoite"));
        assert_eq!(area(" ".into()).unwrap(), None);
        assert!(area("ä".repeat(limits::NAMES_CHARS)).unwrap().is_some());
        assert!(area("ä".repeat(limits::NAMES_CHARS + 1)).is_err());
        let kept = serde_json::to_value(part(json!({})).unwrap()).unwrap();
        assert!(kept.get("area").is_none(), "what old programs read stays as it was");
    }
}
