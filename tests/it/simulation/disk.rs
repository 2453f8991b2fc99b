//! The simulated disk: what is committed, and nothing else. Knows no delays, no faults and no rooms.

use std::collections::{BTreeMap, HashMap};

use jalostamo::{
    error::StoreError,
    ids::{BoardId, Epoch, PersonId, Seq},
    role::Role,
    store::{
        Append, Change, Checkpoint, Commit, Loaded, Stored, Stream,
        records::{Board, Person},
    },
};

/// A board with its stream.
#[derive(Debug, Clone)]
pub(crate) struct Kept {
    pub(crate) row: Board,
    /// Numbered 1, 2, 3…
    pub(crate) entries: Vec<Stored>,
    pub(crate) checkpoint: Option<Checkpoint>,
    pub(crate) members: BTreeMap<PersonId, Role>,
    clients: HashMap<u64, PersonId>,
    authors: HashMap<String, PersonId>,
    quarantined: Vec<(Seq, usize)>,
}

impl Kept {
    pub(crate) fn seq(&self) -> Seq {
        self.entries.len() as Seq
    }
}

/// What a restart finds.
#[derive(Debug, Default)]
pub(crate) struct Disk {
    pub(crate) boards: BTreeMap<BoardId, Kept>,
    pub(crate) people: BTreeMap<PersonId, Person>,
    /// Commits whose fsync failed: nobody knows whether they are there before the next start.
    pub(crate) unsure: Vec<Commit>,
}

/// The board of a stream.
pub(crate) fn board_of(stream: &Stream) -> BoardId {
    stream.name().strip_prefix("board.").unwrap().parse().unwrap()
}

impl Disk {
    pub(crate) fn board(&self, id: BoardId) -> Result<&Kept, StoreError> {
        self.boards.get(&id).ok_or(StoreError::NotFound)
    }

    fn board_mut(&mut self, id: BoardId) -> Result<&mut Kept, StoreError> {
        self.boards.get_mut(&id).ok_or(StoreError::NotFound)
    }

    /// All or nothing; gives what was appended.
    pub(crate) fn commit(&mut self, commit: &Commit) -> Result<Vec<(BoardId, Stored)>, StoreError> {
        self.may(commit)?;
        for change in &commit.records {
            self.change(change)?;
        }
        let mut appended = Vec::new();
        for append in &commit.appends {
            let board = board_of(&append.stream);
            let kept = self.board_mut(board)?;
            let entry = Stored { seq: kept.seq() + 1, at: append.at, body: append.body.clone() };
            kept.entries.push(entry.clone());
            appended.push((board, entry));
        }
        Ok(appended)
    }

    /// Compare-and-set, epochs, whose client ids are whose.
    fn may(&self, commit: &Commit) -> Result<(), StoreError> {
        let mut ends: BTreeMap<BoardId, Seq> = BTreeMap::new();
        for Append { stream, epoch, expected, .. } in &commit.appends {
            let kept = self.board(board_of(stream))?;
            let end = ends.entry(kept.row.id).or_insert(kept.seq());
            if *end != *expected || kept.row.epoch != *epoch {
                return Err(StoreError::Conflict { expected: *expected, found: *end });
            }
            *end += 1;
        }
        for change in &commit.records {
            if let Change::BindClients { board, epoch, clients } = change {
                let kept = self.board(*board)?;
                let foreign = |(client, person)| kept.clients.get(client).is_some_and(|owner| owner != person);
                if kept.row.epoch != *epoch || clients.iter().map(|(client, person)| (client, person)).any(foreign) {
                    return Err(StoreError::Conflict { expected: kept.seq(), found: kept.seq() });
                }
            }
        }
        Ok(())
    }

    fn change(&mut self, change: &Change) -> Result<(), StoreError> {
        match change {
            Change::NewBoard(row) => {
                let kept = Kept {
                    row: row.clone(),
                    entries: Vec::new(),
                    checkpoint: None,
                    members: BTreeMap::new(),
                    clients: HashMap::new(),
                    authors: HashMap::new(),
                    quarantined: Vec::new(),
                };
                self.boards.insert(row.id, kept);
            }
            Change::SetTitle { board, title } => self.board_mut(*board)?.row.title.clone_from(title),
            Change::PutPerson(person) => _ = self.people.insert(person.id, person.clone()),
            Change::PutMember(member) => {
                self.board_mut(member.board)?.members.insert(member.person, member.role);
            }
            Change::BindClients { board, clients, .. } => {
                self.board_mut(*board)?.clients.extend(clients.iter().copied());
            }
            Change::Authors { board, objects, .. } => {
                let kept = self.board_mut(*board)?;
                for (object, person) in objects {
                    kept.authors.entry(object.clone()).or_insert(*person);
                }
            }
            other => return Err(StoreError::Other(format!("nobody simulates {other:?}"))),
        }
        Ok(())
    }

    /// As the real store: one that came late changes nothing.
    pub(crate) fn checkpoint(&mut self, board: BoardId, epoch: Epoch, new: Checkpoint) -> Result<(), StoreError> {
        let kept = self.board_mut(board)?;
        if kept.row.epoch != epoch || new.seq > kept.seq() {
            return Err(StoreError::Conflict { expected: new.seq, found: kept.seq() });
        }
        if kept.checkpoint.as_ref().is_none_or(|old| old.seq <= new.seq) {
            kept.checkpoint = Some(new);
        }
        Ok(())
    }

    pub(crate) fn quarantine(&mut self, board: BoardId, seq: Seq, index: usize) -> Result<(), StoreError> {
        self.board_mut(board)?.quarantined.push((seq, index));
        Ok(())
    }

    pub(crate) fn entries(&self, board: BoardId, after: Seq, limit: usize) -> Result<Vec<Stored>, StoreError> {
        let after = usize::try_from(after).unwrap();
        Ok(self.board(board)?.entries.iter().skip(after).take(limit).cloned().collect())
    }

    pub(crate) fn load(&self, board: BoardId) -> Result<Loaded, StoreError> {
        let kept = self.board(board)?;
        let from = kept.checkpoint.as_ref().map_or(0, |checkpoint| checkpoint.seq);
        Ok(Loaded {
            epoch: kept.row.epoch,
            seq: kept.seq(),
            checkpoint: kept.checkpoint.clone(),
            tail: self.entries(board, from, usize::MAX)?,
            clients: kept.clients.clone(),
            authors: kept.authors.clone(),
            quarantined: kept.quarantined.clone(),
        })
    }
}
