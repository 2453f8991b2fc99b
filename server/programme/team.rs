//! A team and its challenge. Knows no people: those come by links.

use serde::{Deserialize, Serialize};

use super::{
    Wrong, present,
    words::{sorted, words},
};
use crate::{
    ids::{BoardId, ChallengeId, OrganisationId, TeamId},
    limits, text,
};

words!(
/// What kind of change a challenge needs.
NeedType {
    Digitalisation = "digitalisation",
    Practice = "practice",
    Process = "process",
    InformationFlow = "informationFlow",
});

/// What a team works on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Challenge {
    #[schema(value_type = String, example = "ch_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub id: ChallengeId,
    pub title: String,
    pub theme: String,
    pub problem: String,
    pub customer_group: String,
    /// Each once, in the order of [`NeedType::ALL`].
    pub need_types: Vec<NeedType>,
    /// The organisation that brought it.
    #[schema(value_type = Option<String>, required)]
    pub proposer_org: Option<OrganisationId>,
    /// The organisation that owns it; null: the network does, no single one.
    #[schema(value_type = Option<String>, required)]
    pub owner_org: Option<OrganisationId>,
}

/// A team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Team {
    #[schema(value_type = String, example = "tm_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub id: TeamId,
    pub name: String,
    #[schema(value_type = String, example = "b_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub board: BoardId,
    pub challenge: Challenge,
    /// Since when it works no more, milliseconds since 1970; its board can be read.
    #[schema(required)]
    pub withdrawn: Option<i64>,
    /// The team that took it in.
    #[schema(value_type = Option<String>, required)]
    pub merged_into: Option<TeamId>,
    /// The team that it came out of; with those that were merged into it, what it supersedes.
    #[schema(value_type = Option<String>, required)]
    pub split_from: Option<TeamId>,
}

/// What to change about a challenge; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ChallengeEdit {
    /// 1 to 120 characters.
    #[serde(default)]
    pub title: Option<String>,
    /// At most 200 characters.
    #[serde(default)]
    pub theme: Option<String>,
    /// At most 2,000 characters.
    #[serde(default)]
    pub problem: Option<String>,
    /// At most 200 characters.
    #[serde(default)]
    pub customer_group: Option<String>,
    #[serde(default)]
    pub need_types: Option<Vec<NeedType>>,
    /// An organisation of the series, or null.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub proposer_org: Option<Option<OrganisationId>>,
    /// An organisation of the series, or null for the network.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub owner_org: Option<Option<OrganisationId>>,
}

/// What to change about a team; what is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TeamEdit {
    /// 1 to 80 characters.
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub challenge: Option<ChallengeEdit>,
}

impl ChallengeEdit {
    /// The change as it may be kept.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn cleaned(self) -> Result<Self, Wrong> {
        let short = |text: Option<String>, why| {
            let clean = |text: String| text::line_or_nothing(&text, limits::CHALLENGE_LINE_CHARS);
            text.map(|text| clean(text).ok_or(Wrong::Field(why))).transpose()
        };
        let long = |text: String| {
            text::lines(&text, limits::PURPOSE_CHARS).ok_or(Wrong::Field("problem has at most 2,000 characters"))
        };
        let title = |text: String| text::line(&text, limits::TITLE_CHARS).ok_or(Wrong::Name);
        Ok(Self {
            title: self.title.map(title).transpose()?,
            theme: short(self.theme, "theme has at most 200 characters")?,
            problem: self.problem.map(long).transpose()?,
            customer_group: short(self.customer_group, "customerGroup has at most 200 characters")?,
            need_types: self.need_types.map(sorted),
            ..self
        })
    }

    /// Makes the change.
    pub fn apply(&self, challenge: &mut Challenge) {
        let texts = [
            (&self.title, &mut challenge.title),
            (&self.theme, &mut challenge.theme),
            (&self.problem, &mut challenge.problem),
            (&self.customer_group, &mut challenge.customer_group),
        ];
        for (new, text) in texts {
            if let Some(new) = new {
                text.clone_from(new);
            }
        }
        if let Some(types) = &self.need_types {
            challenge.need_types.clone_from(types);
        }
        challenge.proposer_org = self.proposer_org.unwrap_or(challenge.proposer_org);
        challenge.owner_org = self.owner_org.unwrap_or(challenge.owner_org);
    }

    /// The organisations that it names.
    pub fn organisations(&self) -> impl Iterator<Item = OrganisationId> {
        [self.proposer_org, self.owner_org].into_iter().flatten().flatten()
    }
}

impl TeamEdit {
    /// The change as it may be kept.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn cleaned(self) -> Result<Self, Wrong> {
        let name = |name: String| text::line(&name, limits::TEAM_CHARS).ok_or(Wrong::Name);
        Ok(Self {
            name: self.name.map(name).transpose()?,
            challenge: self.challenge.map(ChallengeEdit::cleaned).transpose()?,
        })
    }

    /// Makes the change.
    pub fn apply(&self, team: &mut Team) {
        if let Some(name) = &self.name {
            team.name.clone_from(name);
        }
        if let Some(challenge) = &self.challenge {
            challenge.apply(&mut team.challenge);
        }
    }
}

impl Team {
    /// A new team on a board from what somebody wrote about it.
    ///
    /// # Errors
    /// The first field that is wrong; [`Wrong::Name`] without a name or without a challenge's title.
    pub fn new(wanted: TeamEdit, board: BoardId) -> Result<Self, Wrong> {
        let wanted = wanted.cleaned()?;
        let title = wanted.challenge.as_ref().and_then(|challenge| challenge.title.clone()).ok_or(Wrong::Name)?;
        let challenge = Challenge {
            id: ChallengeId::new(),
            title,
            theme: String::new(),
            problem: String::new(),
            customer_group: String::new(),
            need_types: vec![],
            proposer_org: None,
            owner_org: None,
        };
        let name = wanted.name.clone().ok_or(Wrong::Name)?;
        let (withdrawn, merged_into, split_from) = (None, None, None);
        let mut team = Self { id: TeamId::new(), name, board, challenge, withdrawn, merged_into, split_from };
        wanted.apply(&mut team);
        Ok(team)
    }

    /// A new team out of this one, with a challenge of its own in the same words.
    ///
    /// # Errors
    /// [`Wrong::Name`].
    pub fn split(&self, name: &str, board: BoardId) -> Result<Self, Wrong> {
        let name = text::line(name, limits::TEAM_CHARS).ok_or(Wrong::Name)?;
        let challenge = Challenge { id: ChallengeId::new(), ..self.challenge.clone() };
        let (withdrawn, merged_into, split_from) = (None, None, Some(self.id));
        Ok(Self { id: TeamId::new(), name, board, challenge, withdrawn, merged_into, split_from })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn edit(json: Value) -> Result<TeamEdit, Wrong> {
        serde_json::from_value::<TeamEdit>(json).unwrap().cleaned()
    }

    #[test]
    fn a_team_has_a_name_and_a_challenge_with_a_title() {
        let made = |json| Team::new(serde_json::from_value(json).unwrap(), BoardId::new());
        let team =
            made(json!({"name": "Tiimi", "challenge": {"title": "Maksut", "needTypes": ["process", "process"]}}));
        assert_eq!(team.unwrap().challenge.need_types, [NeedType::Process]);
        assert_eq!(made(json!({"name": "Tiimi", "challenge": {"theme": "Maksut"}})), Err(Wrong::Name));
        assert_eq!(made(json!({"name": "Tiimi"})), Err(Wrong::Name));
        assert_eq!(made(json!({"name": " ", "challenge": {"title": "Maksut"}})), Err(Wrong::Name));
    }

    #[test]
    fn an_owner_can_be_taken_away_and_left_alone() {
        let id = OrganisationId::new();
        let wanted = json!({"name": "T", "challenge": {"title": "M", "ownerOrg": id, "proposerOrg": id}});
        let mut team = Team::new(serde_json::from_value(wanted).unwrap(), BoardId::new()).unwrap();
        edit(json!({"challenge": {"ownerOrg": null}})).unwrap().apply(&mut team);
        assert_eq!((team.challenge.owner_org, team.challenge.proposer_org), (None, Some(id)));
    }

    #[test]
    fn at_the_limit_and_one_past_it() {
        let of = |field: &str, n: usize| edit(json!({"challenge": {field: "ö".repeat(n)}})).is_ok();
        let limits = [
            ("title", limits::TITLE_CHARS),
            ("theme", limits::CHALLENGE_LINE_CHARS),
            ("customerGroup", limits::CHALLENGE_LINE_CHARS),
            ("problem", limits::PURPOSE_CHARS),
        ];
        for (field, most) in limits {
            assert!(of(field, most) && !of(field, most + 1), "{field}");
        }
        assert!(edit(json!({"name": "ö".repeat(limits::TEAM_CHARS)})).is_ok());
        assert!(edit(json!({"name": "ö".repeat(limits::TEAM_CHARS + 1)})).is_err());
    }
}
