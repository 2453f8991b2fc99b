//! What every store promises of workshop series: their records, their roles on boards, their invites. Knows no SQL.

use std::sync::Arc;

use jalostamo::{
    error::StoreError,
    ids::{BoardId, InviteId, OrganisationId, PersonId, SeriesId, TeamId},
    limits,
    programme::{
        ChallengeEdit, Language, Names, NeedType, Organisation, OrganisationEdit, Sector, Series, SeriesEdit, Team,
        TeamEdit, WholeSeries,
    },
    role::Role,
    store::{
        Change, Store,
        records::{Board, Invite, Member, Person, Purpose, SeriesMember},
    },
};

use crate::store_contract::{against_sqlite, board, new_board, person, records};

fn series(name: &str) -> Series {
    let wanted = SeriesEdit {
        name: Some(Names { fi: name.into(), ..Names::default() }),
        purpose: Some("Miksi".into()),
        starts: Some(Some("2020-05-27".to_owned().try_into().unwrap())),
        languages: Some(vec![Language::Fi, Language::En]),
        ..SeriesEdit::default()
    };
    Series::new(wanted, PersonId::new(), 7).unwrap()
}

fn organisation(name: &str) -> Organisation {
    let name = Some(Names { sv: name.into(), ..Names::default() });
    Organisation::new(OrganisationEdit { name, sector: Some(Sector::WellbeingCounty), abbreviation: None }).unwrap()
}

fn team(board: BoardId, owner: Option<OrganisationId>) -> Team {
    let challenge = ChallengeEdit {
        title: Some("Maksut".into()),
        need_types: Some(vec![NeedType::Practice, NeedType::InformationFlow]),
        owner_org: Some(owner),
        ..ChallengeEdit::default()
    };
    Team::new(TeamEdit { name: Some("Tiimi".into()), challenge: Some(challenge) }, board).unwrap()
}

async fn put(store: &dyn Store, changes: Vec<Change>) {
    store.commit(records(changes)).await.unwrap();
}

async fn refused(store: &dyn Store, changes: Vec<Change>) -> StoreError {
    store.commit(records(changes)).await.unwrap_err()
}

/// A new series with so many boards.
async fn with_boards(store: &dyn Store, boards: usize) -> (SeriesId, Vec<BoardId>) {
    let series = series("Sarja");
    let id = series.id;
    let ids: Vec<BoardId> = (0..boards).map(|_| BoardId::new()).collect();
    let mut changes = vec![Change::NewSeries(series)];
    changes.extend(ids.iter().map(|board| on(*board, id)));
    put(store, changes).await;
    (id, ids)
}

fn on(id: BoardId, series: SeriesId) -> Change {
    Change::NewBoard(Board { series: Some(series), ..board(id) })
}

async fn a_series_is_read_back_whole(store: Arc<dyn Store>) {
    let mut made = series("Sarja");
    let (first, second) = (organisation("Ett"), organisation("Två"));
    let id = BoardId::new();
    let of_team = team(id, Some(first.id));
    put(
        &*store,
        vec![
            Change::NewSeries(made.clone()),
            Change::NewOrganisation { series: made.id, organisation: first.clone() },
            Change::NewOrganisation { series: made.id, organisation: second.clone() },
            Change::EditSeries {
                series: made.id,
                edit: SeriesEdit { owners: Some(vec![second.id, first.id]), ..SeriesEdit::default() },
            },
            on(id, made.id),
            Change::NewTeam { series: made.id, team: of_team.clone() },
        ],
    )
    .await;
    made.owners = vec![second.id, first.id];
    assert_eq!(store.series(made.id).await.unwrap(), made);
    assert_eq!(store.board(id).await.unwrap().series, Some(made.id));
    assert_eq!(store.team_on(id).await.unwrap(), of_team);
    let whole = WholeSeries { series: made.clone(), organisations: vec![first, second], teams: vec![of_team] };
    assert_eq!(store.whole_series(made.id).await.unwrap(), whole);
    assert!(matches!(store.series(SeriesId::new()).await, Err(StoreError::NotFound)));
    assert!(matches!(store.whole_series(SeriesId::new()).await, Err(StoreError::NotFound)));
    let alone = new_board(&*store).await;
    assert!(matches!(store.team_on(alone).await, Err(StoreError::NotFound)));
    assert!(matches!(refused(&*store, vec![Change::NewSeries(made)]).await, StoreError::Exists));
}

async fn edits_change_what_they_name(store: Arc<dyn Store>) {
    let (id, boards) = with_boards(&*store, 1).await;
    let known = organisation("Ett");
    let mut of_team = team(boards[0], Some(known.id));
    put(
        &*store,
        vec![
            Change::NewOrganisation { series: id, organisation: known.clone() },
            Change::NewTeam { series: id, team: of_team.clone() },
        ],
    )
    .await;
    let before = store.series(id).await.unwrap();
    let edit = SeriesEdit { starts: Some(None), purpose: Some("Uusi".into()), ..SeriesEdit::default() };
    let of_organisation = OrganisationEdit { sector: Some(Sector::Kela), ..OrganisationEdit::default() };
    let challenge = ChallengeEdit { owner_org: Some(None), theme: Some("Teema".into()), ..ChallengeEdit::default() };
    let of_challenge = TeamEdit { challenge: Some(challenge), name: None };
    put(
        &*store,
        vec![
            Change::EditSeries { series: id, edit },
            Change::EditOrganisation { series: id, organisation: known.id, edit: of_organisation },
            Change::EditTeam { series: id, team: of_team.id, edit: of_challenge },
        ],
    )
    .await;
    let whole = store.whole_series(id).await.unwrap();
    assert_eq!(whole.series, Series { starts: None, purpose: "Uusi".into(), ..before });
    assert_eq!(whole.organisations, [Organisation { sector: Sector::Kela, ..known.clone() }]);
    (of_team.challenge.owner_org, of_team.challenge.theme) = (None, "Teema".into());
    assert_eq!(whole.teams, [of_team.clone()]);

    let nothing = (SeriesEdit::default(), OrganisationEdit::default(), TeamEdit::default());
    let (other, _) = with_boards(&*store, 0).await;
    for change in [
        Change::EditSeries { series: SeriesId::new(), edit: nothing.0 },
        Change::EditOrganisation { series: other, organisation: known.id, edit: nothing.1 },
        Change::EditTeam { series: other, team: of_team.id, edit: nothing.2.clone() },
        Change::EditTeam { series: id, team: TeamId::new(), edit: nothing.2 },
        Change::DeleteOrganisation { series: other, organisation: known.id },
    ] {
        assert!(matches!(refused(&*store, vec![change]).await, StoreError::NotFound));
    }
}

async fn an_organisation_that_is_referred_to_stays(store: Arc<dyn Store>) {
    let (id, boards) = with_boards(&*store, 1).await;
    let (used, owner) = (organisation("Ett"), organisation("Två"));
    let of_team = team(boards[0], Some(used.id));
    let owners = |owners| SeriesEdit { owners: Some(owners), ..SeriesEdit::default() };
    put(
        &*store,
        vec![
            Change::NewOrganisation { series: id, organisation: used.clone() },
            Change::NewOrganisation { series: id, organisation: owner.clone() },
            Change::EditSeries { series: id, edit: owners(vec![owner.id]) },
            Change::NewTeam { series: id, team: of_team.clone() },
        ],
    )
    .await;
    let delete = |organisation: &Organisation| Change::DeleteOrganisation { series: id, organisation: organisation.id };
    for organisation in [&used, &owner] {
        assert!(matches!(refused(&*store, vec![delete(organisation)]).await, StoreError::Referenced));
    }
    let free = ChallengeEdit { owner_org: Some(None), ..ChallengeEdit::default() };
    let edit = TeamEdit { challenge: Some(free), name: None };
    let free = Change::EditTeam { series: id, team: of_team.id, edit };
    put(&*store, vec![free, delete(&used)]).await;
    put(&*store, vec![Change::EditSeries { series: id, edit: owners(vec![]) }, delete(&owner)]).await;
    assert_eq!(store.whole_series(id).await.unwrap().organisations, []);
}

async fn nothing_refers_to_another_series(store: Arc<dyn Store>) {
    let (mine, boards) = with_boards(&*store, 1).await;
    let (other, others) = with_boards(&*store, 1).await;
    let foreign = organisation("Ett");
    put(&*store, vec![Change::NewOrganisation { series: other, organisation: foreign.clone() }]).await;
    let owners = SeriesEdit { owners: Some(vec![foreign.id]), ..SeriesEdit::default() };
    for change in [
        Change::EditSeries { series: mine, edit: owners },
        Change::NewTeam { series: mine, team: team(boards[0], Some(foreign.id)) },
        Change::NewTeam { series: mine, team: team(others[0], None) },
        Change::NewTeam { series: mine, team: team(new_board(&*store).await, None) },
        Change::NewTeam { series: SeriesId::new(), team: team(boards[0], None) },
        Change::NewOrganisation { series: SeriesId::new(), organisation: organisation("Två") },
        on(BoardId::new(), SeriesId::new()),
    ] {
        let error = refused(&*store, vec![change.clone()]).await;
        assert!(matches!(error, StoreError::NotFound), "{error} for {change:?}");
    }
    assert_eq!(store.whole_series(mine).await.unwrap().teams, []);
}

async fn series_are_full_at_their_limits(store: Arc<dyn Store>) {
    let (id, boards) = with_boards(&*store, limits::TEAMS_PER_SERIES + 1).await;
    let teams = |boards: &[BoardId]| -> Vec<Change> {
        boards.iter().map(|board| Change::NewTeam { series: id, team: team(*board, None) }).collect()
    };
    put(&*store, teams(&boards[1..])).await;
    assert!(matches!(refused(&*store, teams(&boards[..1])).await, StoreError::TooMany));
    let new = || Change::NewOrganisation { series: id, organisation: organisation("Ett") };
    put(&*store, (0..limits::ORGANISATIONS_PER_SERIES).map(|_| new()).collect()).await;
    assert!(matches!(refused(&*store, vec![new()]).await, StoreError::TooMany));
    let whole = store.whole_series(id).await.unwrap();
    assert_eq!(whole.teams.len(), limits::TEAMS_PER_SERIES);
    assert_eq!(whole.organisations.len(), limits::ORGANISATIONS_PER_SERIES);
}

async fn a_role_in_a_series_is_one_on_its_boards(store: Arc<dyn Store>) {
    let (id, boards) = with_boards(&*store, 2).await;
    let (first, second, alone) = (boards[0], boards[1], new_board(&*store).await);
    let (anna, ben) = (person("Anna"), Person { made: 6, ..person("Ben") });
    let member = |board, role| Change::PutMember(Member { board, person: anna.id, role, invite: None });
    let in_series =
        |who: &Person, role| Change::PutSeriesMember(SeriesMember { series: id, person: who.id, role, invite: None });
    put(&*store, vec![Change::PutPerson(anna.clone()), Change::PutPerson(ben.clone())]).await;
    put(
        &*store,
        vec![
            member(first, Role::Participant),
            member(alone, Role::Observer),
            in_series(&anna, Role::Observer),
            in_series(&ben, Role::Facilitator),
        ],
    )
    .await;
    let role = async |board, who: &Person| store.role_on(board, who.id).await.ok();
    let all = |role| [Some(role); 2];
    assert_eq!([role(first, &anna).await, role(second, &anna).await], [Some(Role::Participant), Some(Role::Observer)]);
    assert_eq!([role(first, &ben).await, role(second, &ben).await], all(Role::Facilitator));
    assert_eq!([role(alone, &anna).await, role(alone, &ben).await], [Some(Role::Observer), None]);
    let on_first = [(anna.clone(), Role::Participant), (ben.clone(), Role::Facilitator)];
    assert_eq!(store.people_on(first).await.unwrap(), on_first);

    put(&*store, vec![in_series(&anna, Role::Owner)]).await;
    assert_eq!([role(first, &anna).await, role(second, &anna).await], all(Role::Owner));
    assert_eq!(store.people_on(first).await.unwrap()[0], (anna.clone(), Role::Owner));
    let mut listed: Vec<_> = store.boards_of(anna.id).await.unwrap().into_iter().map(|(b, r)| (b.id, r)).collect();
    listed.sort();
    let mut expected = vec![(first, Role::Owner), (second, Role::Owner), (alone, Role::Observer)];
    expected.sort();
    assert_eq!(listed, expected, "each once");
    let later = BoardId::new();
    put(&*store, vec![on(later, id)]).await;
    assert_eq!(role(later, &ben).await, Some(Role::Facilitator));
    let nobody = in_series(&person("nobody"), Role::Observer);
    assert!(matches!(refused(&*store, vec![nobody]).await, StoreError::NotFound));
}

async fn people_and_their_series(store: Arc<dyn Store>) {
    let (anna, owner) = (person("Anna"), Person { server_owner: true, ..person("Oona") });
    let (old, new) = (series("Vanha"), Series { made: 9, ..series("Uusi") });
    let of_old = SeriesMember { series: old.id, person: anna.id, role: Role::Observer, invite: None };
    let board = BoardId::new();
    put(
        &*store,
        vec![
            Change::PutPerson(anna.clone()),
            Change::PutPerson(owner.clone()),
            Change::NewSeries(old.clone()),
            Change::NewSeries(new.clone()),
            Change::PutSeriesMember(of_old),
            on(board, old.id),
            Change::NewTeam { series: old.id, team: team(board, None) },
        ],
    )
    .await;
    let lines = async |who: &Person| -> Vec<_> {
        let lines = store.series_of(who.id).await.unwrap();
        lines.into_iter().map(|line| (line.series.id, line.role, line.teams)).collect()
    };
    assert_eq!(lines(&anna).await, [(old.id, Role::Observer, 1)]);
    assert_eq!(lines(&owner).await, [(new.id, Role::Owner, 0), (old.id, Role::Owner, 1)]);
    assert_eq!(store.role_in(old.id, anna.id).await.unwrap(), Role::Observer);
    assert!(matches!(store.role_in(new.id, anna.id).await, Err(StoreError::NotFound)));
    assert!(matches!(store.role_in(old.id, owner.id).await, Err(StoreError::NotFound)), "server ownership is no role");
}

async fn revoking_a_link_to_a_series_ends_the_role_on_all_boards(store: Arc<dyn Store>) {
    let (id, boards) = with_boards(&*store, 2).await;
    let (anna, ben) = (person("Anna"), person("Ben"));
    let invite = |purpose, secret: u8| Invite {
        id: InviteId::new(),
        purpose,
        secret: [secret; 32],
        made: secret.into(),
        made_by: None,
        expires: None,
        uses_left: Some(3),
        revoked: false,
    };
    let link = invite(Purpose::Series(id, Role::Facilitator), 1);
    let of_board = invite(Purpose::Board(boards[0], Role::Participant), 2);
    let member = Member { board: boards[0], person: anna.id, role: Role::Participant, invite: Some(of_board.id) };
    let by_link = |who: &Person| {
        let (person, role, invite) = (who.id, Role::Facilitator, Some(link.id));
        Change::PutSeriesMember(SeriesMember { series: id, person, role, invite })
    };
    put(
        &*store,
        vec![
            Change::PutPerson(anna.clone()),
            Change::PutPerson(ben.clone()),
            Change::NewInvite(link.clone()),
            Change::NewInvite(of_board.clone()),
            Change::PutMember(member.clone()),
            by_link(&anna),
            by_link(&ben),
        ],
    )
    .await;
    assert_eq!(store.invite(link.id).await.unwrap(), link);
    assert_eq!(store.invite_by_secret(&[1; 32]).await.unwrap(), link);
    assert_eq!(store.invites_of_series(id).await.unwrap(), std::slice::from_ref(&link));
    assert_eq!(store.invites_of(boards[0]).await.unwrap(), std::slice::from_ref(&of_board));
    put(&*store, vec![Change::UseInvite { invite: link.id, at: 1 }, Change::RevokeServerInvites]).await;
    let used = Invite { uses_left: Some(2), ..link.clone() };
    assert_eq!(store.invite(link.id).await.unwrap(), used, "no link of the server");

    let mut found = store.members_by_invite(link.id).await.unwrap();
    found.sort_by_key(|member| (member.person, member.board));
    let mut expected: Vec<Member> = [&anna, &ben]
        .into_iter()
        .flat_map(|who| boards.iter().map(move |board| (who.id, *board)))
        .map(|(person, board)| Member { board, person, role: Role::Facilitator, invite: Some(link.id) })
        .collect();
    expected.sort_by_key(|member| (member.person, member.board));
    assert_eq!(found, expected);
    assert_eq!(store.members_by_invite(of_board.id).await.unwrap(), [member]);

    put(&*store, vec![Change::RevokeInvite(link.id)]).await;
    assert!(store.members_by_invite(link.id).await.unwrap().is_empty());
    assert_eq!(store.role_on(boards[0], anna.id).await.unwrap(), Role::Participant, "the board's own stays");
    for (board, who) in [(boards[1], &anna), (boards[0], &ben), (boards[1], &ben)] {
        assert!(matches!(store.role_on(board, who.id).await, Err(StoreError::NotFound)));
    }
    assert!(store.invites_of_series(id).await.unwrap()[0].revoked, "revoked ones are listed");
    let nowhere = invite(Purpose::Series(SeriesId::new(), Role::Observer), 9);
    assert!(matches!(refused(&*store, vec![Change::NewInvite(nowhere)]).await, StoreError::NotFound));
}

against_sqlite! {
    a_series_is_read_back_whole
    edits_change_what_they_name
    an_organisation_that_is_referred_to_stays
    nothing_refers_to_another_series
    series_are_full_at_their_limits
    a_role_in_a_series_is_one_on_its_boards
    people_and_their_series
    revoking_a_link_to_a_series_ends_the_role_on_all_boards
}
