//! What every store promises of records: boards, people, members, invites, sessions. Knows no SQL.

use std::sync::Arc;

use jalostamo::{
    error::StoreError,
    ids::{BoardId, InviteId, PersonId},
    role::Role,
    store::{
        Change, Store,
        records::{Invite, Member, Person, Purpose, SecretHash, Session},
    },
};

use crate::store_contract::{against_sqlite, board, new_board, person, records};

fn invite(purpose: Purpose, secret: u8) -> Invite {
    Invite {
        id: InviteId::new(),
        purpose,
        secret: [secret; 32],
        made: 10,
        made_by: Some(PersonId::new()),
        expires: None,
        uses_left: None,
        revoked: false,
    }
}

async fn put(store: &dyn Store, changes: Vec<Change>) {
    store.commit(records(changes)).await.unwrap();
}

async fn a_boards_title_changes(store: Arc<dyn Store>) {
    let id = new_board(&*store).await;
    put(&*store, vec![Change::SetTitle { board: id, title: "Kotihoito".into() }]).await;
    assert_eq!(store.board(id).await.unwrap().title, "Kotihoito");
    let unknown = Change::SetTitle { board: BoardId::new(), title: "x".into() };
    assert!(matches!(refused(&*store, unknown).await, StoreError::NotFound));
}

async fn refused(store: &dyn Store, change: Change) -> StoreError {
    store.commit(records(vec![change])).await.unwrap_err()
}

async fn people_and_their_boards(store: Arc<dyn Store>) {
    let (anna, ben) = (person("Anna"), Person { made: 6, ..person("Ben") });
    let owner = Person { server_owner: true, ..person("Oona") };
    let (old, new, other) = (BoardId::new(), BoardId::new(), BoardId::new());
    let at = |id, made| Change::NewBoard(jalostamo::store::records::Board { made, ..board(id) });
    let member =
        |board, person: &Person, role| Change::PutMember(Member { board, person: person.id, role, invite: None });
    put(&*store, vec![at(old, 1), at(new, 3), at(other, 2)]).await;
    put(&*store, [&anna, &ben, &owner].map(|person| Change::PutPerson(person.clone())).to_vec()).await;
    put(
        &*store,
        vec![
            member(old, &anna, Role::Owner),
            member(new, &anna, Role::Observer),
            member(old, &ben, Role::Participant),
            member(old, &ben, Role::Facilitator),
        ],
    )
    .await;

    let boards = async |person: &Person| -> Vec<(BoardId, Role)> {
        store.boards_of(person.id).await.unwrap().into_iter().map(|(board, role)| (board.id, role)).collect()
    };
    assert_eq!(boards(&anna).await, [(new, Role::Observer), (old, Role::Owner)]);
    assert_eq!(boards(&ben).await, [(old, Role::Facilitator)]);
    assert_eq!(boards(&owner).await, [(new, Role::Owner), (other, Role::Owner), (old, Role::Owner)]);
    assert_eq!(boards(&person("nobody")).await, []);

    assert_eq!(store.people_on(old).await.unwrap(), [(anna.clone(), Role::Owner), (ben.clone(), Role::Facilitator)]);
    assert_eq!(store.role_on(new, anna.id).await.unwrap(), Role::Observer);
    assert!(matches!(store.role_on(new, ben.id).await, Err(StoreError::NotFound)));
    assert!(matches!(store.role_on(new, owner.id).await, Err(StoreError::NotFound)), "server ownership is no role");

    let renamed = Person { name: "Anna-Liisa".into(), language: "sv".into(), ..anna };
    put(&*store, vec![Change::PutPerson(renamed.clone())]).await;
    assert_eq!(store.person(renamed.id).await.unwrap(), renamed);
    assert!(matches!(store.person(PersonId::new()).await, Err(StoreError::NotFound)));
    let nobody = member(old, &person("nobody"), Role::Participant);
    assert!(matches!(refused(&*store, nobody).await, StoreError::NotFound));
}

async fn a_board_is_read_back(store: Arc<dyn Store>) {
    let made = board(BoardId::new());
    put(&*store, vec![Change::NewBoard(made.clone())]).await;
    assert_eq!(store.board(made.id).await.unwrap(), made);
    assert!(matches!(store.board(BoardId::new()).await, Err(StoreError::NotFound)));
}

async fn invites_are_found_by_id_secret_and_board(store: Arc<dyn Store>) {
    let id = new_board(&*store).await;
    let first = invite(Purpose::Board(id, Role::Participant), 1);
    let second =
        Invite { made: 11, uses_left: Some(3), expires: Some(99), ..invite(Purpose::Board(id, Role::Owner), 2) };
    let server = Invite { made_by: None, ..invite(Purpose::Server, 3) };
    put(&*store, [&first, &second, &server].map(|invite| Change::NewInvite(invite.clone())).to_vec()).await;
    assert_eq!(store.invite(second.id).await.unwrap(), second);
    assert_eq!(store.invite_by_secret(&[3; 32]).await.unwrap(), server);
    assert_eq!(store.invites_of(id).await.unwrap(), [second, first.clone()]);
    assert!(matches!(store.invite_by_secret(&[4; 32]).await, Err(StoreError::NotFound)));
    assert!(matches!(store.invite(InviteId::new()).await, Err(StoreError::NotFound)));
    let same_secret = invite(Purpose::Server, 1);
    assert!(matches!(refused(&*store, Change::NewInvite(same_secret)).await, StoreError::Exists));
    let nowhere = invite(Purpose::Board(BoardId::new(), Role::Observer), 9);
    assert!(matches!(refused(&*store, Change::NewInvite(nowhere)).await, StoreError::NotFound));
}

async fn an_invite_is_used_until_it_is_used_up_or_expired(store: Arc<dyn Store>) {
    let id = new_board(&*store).await;
    let twice = Invite { uses_left: Some(2), ..invite(Purpose::Board(id, Role::Participant), 1) };
    let until = Invite { expires: Some(100), ..invite(Purpose::Board(id, Role::Participant), 2) };
    put(&*store, vec![Change::NewInvite(twice.clone()), Change::NewInvite(until.clone())]).await;
    let used = |invite: &Invite, at| Change::UseInvite { invite: invite.id, at };

    put(&*store, vec![used(&twice, 1)]).await;
    assert_eq!(store.invite(twice.id).await.unwrap().uses_left, Some(1));
    put(&*store, vec![used(&twice, 1)]).await;
    assert!(matches!(refused(&*store, used(&twice, 1)).await, StoreError::NotFound));
    assert_eq!(store.invite(twice.id).await.unwrap().uses_left, Some(0));

    put(&*store, vec![used(&until, 99), used(&until, 99)]).await;
    assert!(matches!(refused(&*store, used(&until, 100)).await, StoreError::NotFound));
    assert_eq!(store.invite(until.id).await.unwrap().uses_left, None);
    let unknown = Change::UseInvite { invite: InviteId::new(), at: 1 };
    assert!(matches!(refused(&*store, unknown).await, StoreError::NotFound));
}

/// Two people who take the last use at the same moment: one gets it.
async fn the_last_use_is_given_once(store: Arc<dyn Store>) {
    let last = Invite { uses_left: Some(1), ..invite(Purpose::Server, 1) };
    put(&*store, vec![Change::NewInvite(last.clone())]).await;
    let take = async |person: Person| {
        let changes = vec![Change::UseInvite { invite: last.id, at: 1 }, Change::PutPerson(person)];
        store.commit(records(changes)).await
    };
    let (anna, ben) = (person("Anna"), person("Ben"));
    let (first, second) = tokio::join!(take(anna.clone()), take(ben.clone()));
    assert!(first.is_ok() != second.is_ok());
    assert_eq!(store.person(anna.id).await.is_ok(), first.is_ok());
    assert_eq!(store.person(ben.id).await.is_ok(), second.is_ok());
}

async fn revoking_an_invite_ends_the_memberships_from_it(store: Arc<dyn Store>) {
    let id = new_board(&*store).await;
    let (anna, ben) = (person("Anna"), person("Ben"));
    let (revoked, kept) =
        (invite(Purpose::Board(id, Role::Participant), 1), invite(Purpose::Board(id, Role::Observer), 2));
    let member = |person: &Person, invite: &Invite| Member {
        board: id,
        person: person.id,
        role: Role::Participant,
        invite: Some(invite.id),
    };
    put(
        &*store,
        vec![
            Change::PutPerson(anna.clone()),
            Change::PutPerson(ben.clone()),
            Change::NewInvite(revoked.clone()),
            Change::NewInvite(kept.clone()),
            Change::PutMember(member(&anna, &revoked)),
            Change::PutMember(member(&ben, &kept)),
        ],
    )
    .await;
    assert_eq!(store.members_by_invite(revoked.id).await.unwrap(), [member(&anna, &revoked)]);
    put(&*store, vec![Change::RevokeInvite(revoked.id)]).await;
    assert!(matches!(store.role_on(id, anna.id).await, Err(StoreError::NotFound)));
    assert_eq!(store.role_on(id, ben.id).await.unwrap(), Role::Participant);
    assert!(store.members_by_invite(revoked.id).await.unwrap().is_empty());
    assert!(store.invite(revoked.id).await.unwrap().revoked);
    assert!(matches!(refused(&*store, Change::UseInvite { invite: revoked.id, at: 1 }).await, StoreError::NotFound));
    assert_eq!(store.invites_of(id).await.unwrap().len(), 2, "revoked ones are listed");
    assert!(matches!(refused(&*store, Change::RevokeInvite(InviteId::new())).await, StoreError::NotFound));
}

async fn a_new_owner_link_revokes_the_old_ones(store: Arc<dyn Store>) {
    let id = new_board(&*store).await;
    let (old, new) = (invite(Purpose::Server, 1), invite(Purpose::Server, 2));
    let of_board = invite(Purpose::Board(id, Role::Participant), 3);
    put(&*store, vec![Change::NewInvite(old.clone()), Change::NewInvite(of_board.clone())]).await;
    put(&*store, vec![Change::RevokeServerInvites, Change::NewInvite(new.clone())]).await;
    for (invite, revoked) in [(old, true), (new, false), (of_board, false)] {
        assert_eq!(store.invite(invite.id).await.unwrap().revoked, revoked);
    }
}

async fn sessions_end_by_time_and_by_hand(store: Arc<dyn Store>) {
    let anna = person("Anna");
    let session = |secret: u8, expires| Session { secret: [secret; 32], person: anna.id, made: 1, expires };
    let (cookie, token) = (session(1, Some(100)), session(2, None));
    put(
        &*store,
        vec![Change::PutPerson(anna.clone()), Change::NewSession(cookie.clone()), Change::NewSession(token.clone())],
    )
    .await;
    let there = async |secret: &SecretHash, at| store.session(secret, at).await;
    assert_eq!(there(&cookie.secret, 99).await.unwrap(), cookie);
    assert!(matches!(there(&cookie.secret, 100).await, Err(StoreError::NotFound)));
    assert_eq!(there(&token.secret, i64::MAX).await.unwrap(), token);
    assert!(matches!(there(&[3; 32], 1).await, Err(StoreError::NotFound)));
    assert!(matches!(refused(&*store, Change::NewSession(token.clone())).await, StoreError::Exists));
    put(&*store, vec![Change::EndSession(token.secret)]).await;
    assert!(matches!(there(&token.secret, 1).await, Err(StoreError::NotFound)));
    // Leaving twice is no error.
    put(&*store, vec![Change::EndSession(token.secret)]).await;
}

against_sqlite! {
    people_and_their_boards
    a_board_is_read_back
    a_boards_title_changes
    invites_are_found_by_id_secret_and_board
    an_invite_is_used_until_it_is_used_up_or_expired
    the_last_use_is_given_once
    revoking_an_invite_ends_the_memberships_from_it
    a_new_owner_link_revokes_the_old_ones
    sessions_end_by_time_and_by_hand
}
