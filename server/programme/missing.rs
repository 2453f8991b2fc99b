//! Who is in a team and who is missing: sectors and perspectives, beside those of the whole series. Knows no I/O.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Details, Organisation, Sector};
use crate::ids::{OrganisationId, TeamId};

/// What a team has of what the series has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Representation {
    #[schema(value_type = String, example = "tm_01JAAAAAAAAAAAAAAAAAAAAAAA")]
    pub team: TeamId,
    /// Sectors that somebody in the team comes from, and those of the series' organisations that nobody does.
    pub sectors: Shares<Sector>,
    /// Perspectives in the team, and those that only other teams have.
    pub perspectives: Shares<String>,
    /// People of the team of whom no organisation is known.
    pub unknown: usize,
}

/// What is there and what is not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Shares<T> {
    pub present: Vec<T>,
    pub absent: Vec<T>,
}

impl<T: Ord> Shares<T> {
    fn of(all: BTreeSet<T>, has: impl Fn(&T) -> bool) -> Self {
        let (present, absent) = all.into_iter().partition(has);
        Self { present, absent }
    }
}

/// How each of these teams is made up, in their order. `members` are the participants of each team.
#[must_use]
pub fn representation(organisations: &[Organisation], teams: &[(TeamId, Vec<&Details>)]) -> Vec<Representation> {
    let sectors: BTreeMap<OrganisationId, Sector> = organisations.iter().map(|it| (it.id, it.sector)).collect();
    let sector = |details: &Details| details.organisation.and_then(|id| sectors.get(&id).copied());
    // Written alike but for capitals, two perspectives are one: as whoever came first wrote it.
    let mut written: BTreeMap<String, String> = BTreeMap::new();
    for details in teams.iter().flat_map(|(_, members)| members).filter(|details| !details.perspective.is_empty()) {
        written.entry(details.perspective.to_lowercase()).or_insert_with(|| details.perspective.clone());
    }
    let line = |(team, members): &(TeamId, Vec<&Details>)| {
        let from: BTreeSet<Sector> = members.iter().filter_map(|details| sector(details)).collect();
        let seen: BTreeSet<String> = members.iter().map(|details| details.perspective.to_lowercase()).collect();
        let perspectives = Shares::of(written.keys().cloned().collect(), |folded| seen.contains(folded));
        let as_written = |folded: Vec<String>| folded.iter().filter_map(|it| written.get(it).cloned()).collect();
        Representation {
            team: *team,
            sectors: Shares::of(sectors.values().copied().collect(), |sector| from.contains(sector)),
            perspectives: Shares { present: as_written(perspectives.present), absent: as_written(perspectives.absent) },
            unknown: members.iter().filter(|details| sector(details).is_none()).count(),
        }
    };
    teams.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::Names;

    fn organisation(sector: Sector) -> Organisation {
        let name = Names { fi: "Nimi".into(), ..Names::default() };
        Organisation { id: OrganisationId::new(), name, abbreviation: String::new(), sector }
    }

    fn from(organisation: Option<&Organisation>, perspective: &str) -> Details {
        let organisation = organisation.map(|it| it.id);
        Details { organisation, profession: String::new(), perspective: perspective.into() }
    }

    #[test]
    fn a_team_lacks_what_the_series_has_and_it_has_not() {
        let organisations =
            [organisation(Sector::Ministry), organisation(Sector::Municipality), organisation(Sector::Municipality)];
        let (ministry, city, town) = (&organisations[0], &organisations[1], &organisations[2]);
        let people = [
            from(Some(ministry), "Lainsäädäntö"),
            from(Some(city), "asiakkaan arki"),
            from(Some(town), "Asiakkaan arki"),
            from(None, ""),
        ];
        let teams = [(TeamId::new(), vec![&people[0], &people[1]]), (TeamId::new(), vec![&people[2], &people[3]])];
        let found = representation(&organisations, &teams);
        assert_eq!(found[0].sectors.present, [Sector::Ministry, Sector::Municipality]);
        assert_eq!((found[0].sectors.absent.len(), found[0].unknown), (0, 0));
        assert_eq!(found[1].sectors.absent, [Sector::Ministry]);
        assert_eq!(found[1].unknown, 1);
        assert_eq!(found[1].perspectives.present, ["asiakkaan arki"], "as it was written first");
        assert_eq!(found[1].perspectives.absent, ["Lainsäädäntö"]);
    }

    #[test]
    fn an_empty_team_lacks_everything_and_a_gone_organisation_is_none() {
        let organisations = [organisation(Sector::Kela)];
        let gone = from(Some(&organisation(Sector::Ministry)), "");
        let team = TeamId::new();
        assert_eq!(representation(&organisations, &[(team, vec![])])[0].sectors.absent, [Sector::Kela]);
        let with = representation(&organisations, &[(team, vec![&gone])]);
        assert_eq!((with[0].unknown, with[0].sectors.absent.as_slice()), (1, &[Sector::Kela][..]));
    }
}
