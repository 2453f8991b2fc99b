//! The demo series, Jalostamo 2020: read from the file that is built in, with new ids. Knows no boards' content.

use std::collections::HashMap;

use serde::Deserialize;

use super::{
    ChallengeEdit, Day, Language, Names, NeedType, Organisation, OrganisationEdit, Sector, Series, SeriesEdit, Team,
    TeamEdit, Wrong,
};
use crate::ids::{BoardId, OrganisationId, PersonId};

/// The file as it is built into the program.
pub const JSON: &[u8] = include_bytes!("demo.json");

/// Why a demo file is no series.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    #[error(transparent)]
    Wrong(#[from] Wrong),
    #[error("no organisation has the key {0:?}")]
    Organisation(String),
}

/// A series to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demo {
    pub series: Series,
    pub organisations: Vec<Organisation>,
    pub teams: Vec<DemoTeam>,
}

/// A team, with a board that is still to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoTeam {
    pub team: Team,
    /// The name of the file that its board is made from.
    pub content: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: Names,
    purpose: String,
    starts: Day,
    ends: Day,
    languages: Vec<Language>,
    /// Keys of organisations, as everywhere below.
    owners: Vec<String>,
    organisations: Vec<FileOrganisation>,
    teams: Vec<FileTeam>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileOrganisation {
    key: String,
    name: Names,
    abbreviation: String,
    sector: Sector,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileTeam {
    /// For people who read the file.
    #[serde(rename = "key")]
    _key: String,
    name: String,
    challenge: FileChallenge,
    board: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct FileChallenge {
    title: String,
    theme: String,
    problem: String,
    customer_group: String,
    need_types: Vec<NeedType>,
    proposer_org: Option<String>,
    owner_org: Option<String>,
}

/// The demo series with new ids, made by this person now.
///
/// # Errors
/// None, for the file that is built in: a test reads it. The type says so rather than a panic.
pub fn demo(made_by: PersonId, made: i64) -> Result<Demo, DemoError> {
    read(JSON, made_by, made)
}

/// Reads a demo file.
///
/// # Errors
/// What is wrong with it.
pub fn read(json: &[u8], made_by: PersonId, made: i64) -> Result<Demo, DemoError> {
    let file: File = serde_json::from_slice(json)?;
    let mut keys = HashMap::new();
    let mut organisations = Vec::new();
    for FileOrganisation { key, name, abbreviation, sector } in file.organisations {
        let edit = OrganisationEdit { name: Some(name), abbreviation: Some(abbreviation), sector: Some(sector) };
        let organisation = Organisation::new(edit)?;
        keys.insert(key, organisation.id);
        organisations.push(organisation);
    }
    let known = |key: String| keys.get(&key).copied().ok_or(DemoError::Organisation(key));
    let wanted = SeriesEdit {
        name: Some(file.name),
        purpose: Some(file.purpose),
        starts: Some(Some(file.starts)),
        ends: Some(Some(file.ends)),
        languages: Some(file.languages),
        owners: Some(file.owners.into_iter().map(known).collect::<Result<_, _>>()?),
    };
    let series = Series::new(wanted, made_by, made)?;
    let teams = file.teams.into_iter().map(|team| read_team(team, &known)).collect::<Result<_, _>>()?;
    Ok(Demo { series, organisations, teams })
}

fn read_team(
    team: FileTeam,
    known: &impl Fn(String) -> Result<OrganisationId, DemoError>,
) -> Result<DemoTeam, DemoError> {
    let challenge = ChallengeEdit {
        title: Some(team.challenge.title),
        theme: Some(team.challenge.theme),
        problem: Some(team.challenge.problem),
        customer_group: Some(team.challenge.customer_group),
        need_types: Some(team.challenge.need_types),
        proposer_org: Some(team.challenge.proposer_org.map(known).transpose()?),
        owner_org: Some(team.challenge.owner_org.map(known).transpose()?),
    };
    let wanted = TeamEdit { name: Some(team.name), challenge: Some(challenge) };
    Ok(DemoTeam { team: Team::new(wanted, BoardId::new())?, content: team.board })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_series_has_six_teams_on_boards_that_are_there() {
        let demo = demo(PersonId::new(), 5).unwrap();
        assert_eq!(demo.series.name.fi, "Jalostamo 2020");
        assert_eq!(demo.teams.len(), 6);
        assert!(!demo.series.owners.is_empty());
        assert!(demo.teams.iter().any(|team| team.team.challenge.owner_org.is_none()), "the network owns one");
        for team in &demo.teams {
            assert!(crate::board::demo::named(&team.content).is_some(), "{}", team.content);
            assert!(!team.team.challenge.need_types.is_empty() && !team.team.challenge.problem.is_empty());
        }
    }

    #[test]
    fn an_unknown_key_is_named() {
        let mut file: serde_json::Value = serde_json::from_slice(JSON).unwrap();
        file["owners"] = serde_json::json!(["nobody"]);
        let error = read(file.to_string().as_bytes(), PersonId::new(), 5).unwrap_err();
        assert!(matches!(error, DemoError::Organisation(key) if key == "nobody"));
    }
}
