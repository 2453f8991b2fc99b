//! People who write on a board, for the gate's tests: one yrs document each. Knows no server.

use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use bytes::Bytes;
use jalostamo::{
    access::table,
    error::{Refusal, RefusalCode},
    gate::{Accepted, Gate, Known, Verdict},
    ids::PersonId,
    rights::Rights,
    role::Role,
};
use yrs::{
    Any, ClientID, Doc, GetString, Map, MapPrelim, MapRef, OffsetKind, Options, Out, ReadTxn, StateVector, Text,
    TextPrelim, TextRef, Transact, TransactionMut, Update, WriteTxn, updates::decoder::Decode,
};

/// A document as the server and browsers count it: in UTF-16 units.
pub(crate) fn document(client: u64) -> Doc {
    Doc::with_options(Options { offset_kind: OffsetKind::Utf16, ..Options::with_client_id(ClientID::new(client)) })
}

/// The rights of a role, without locks and pauses.
pub(crate) fn rights(person: PersonId, role: Role) -> Rights {
    table::rights(person, role, &jalostamo::facilitation::State::default())
}

/// Rights with some objects locked.
pub(crate) fn locked(person: PersonId, role: Role, names: &[&str]) -> Rights {
    let names: HashSet<String> = names.iter().map(ToString::to_string).collect();
    Rights { locked: Arc::new(names), ..rights(person, role) }
}

/// The id of the `n`th object with this prefix.
pub(crate) fn id(prefix: &str, n: usize) -> String {
    format!("{prefix}_01J{n:023}")
}

pub(crate) struct Peer {
    pub(crate) doc: Doc,
    pub(crate) person: PersonId,
}

impl Peer {
    pub(crate) fn new(client: u64) -> Self {
        Self { doc: document(client), person: PersonId::new() }
    }

    /// Another tab of the same person.
    pub(crate) fn tab(&self, client: u64) -> Self {
        Self { doc: document(client), person: self.person }
    }

    /// One transaction, and the update it makes.
    pub(crate) fn edit(&self, run: impl FnOnce(&mut TransactionMut<'_>)) -> Bytes {
        let mut txn = self.doc.transact_mut();
        run(&mut txn);
        txn.encode_update_v1().into()
    }

    pub(crate) fn participant(&self) -> Rights {
        rights(self.person, Role::Participant)
    }

    /// Makes a note of its own with a text.
    pub(crate) fn note(&self, name: &str, text: &str) -> Bytes {
        self.edit(|txn| {
            make(txn, "items", name, "note", self.person);
            object(txn, "items", name).insert(txn, "at", point(1, 2));
            object(txn, "items", name).insert(txn, "text", TextPrelim::new(text));
        })
    }

    pub(crate) fn set(&self, name: &str, key: &str, value: impl Into<Any>) -> Bytes {
        let value = value.into();
        self.edit(|txn| {
            object(txn, "items", name).insert(txn, key, value);
        })
    }

    pub(crate) fn insert(&self, name: &str, at: u32, what: &str) -> Bytes {
        self.edit(|txn| text(txn, "items", name).insert(txn, at, what))
    }

    pub(crate) fn remove_text(&self, name: &str, at: u32, len: u32) -> Bytes {
        self.edit(|txn| text(txn, "items", name).remove_range(txn, at, len))
    }

    /// Removes the root key, as the undo of a creation does.
    pub(crate) fn uncreate(&self, name: &str) -> Bytes {
        self.edit(|txn| {
            txn.get_or_insert_map("items").remove(txn, name);
        })
    }

    pub(crate) fn apply(&self, update: &[u8]) {
        apply(&self.doc, update);
    }

    pub(crate) fn text(&self, name: &str) -> String {
        let txn = self.doc.transact();
        let items = txn.get_map("items").expect("the root");
        let Some(Out::YMap(note)) = items.get(&txn, name) else { return String::new() };
        let Some(Out::YText(text)) = note.get(&txn, "text") else { return String::new() };
        text.get_string(&txn)
    }

    pub(crate) fn whole(&self) -> Bytes {
        whole(&self.doc)
    }
}

pub(crate) fn point(x: i64, y: i64) -> Any {
    Any::from(vec![Any::from(x), Any::from(y)])
}

/// Puts an object with the fields that every creation has.
pub(crate) fn make(txn: &mut TransactionMut<'_>, root: &str, name: &str, kind: &str, author: PersonId) -> MapRef {
    let map = txn.get_or_insert_map(root);
    let object = map.insert(txn, name, MapPrelim::default());
    object.insert(txn, "kind", kind);
    object.insert(txn, "author", author.to_string());
    object.insert(txn, "made", 1_700_000_000_000_i64);
    object
}

pub(crate) fn object(txn: &mut TransactionMut<'_>, root: &str, name: &str) -> MapRef {
    let map = txn.get_or_insert_map(root);
    match map.get(txn, name) {
        Some(Out::YMap(object)) => object,
        _ => panic!("{name} is not there"),
    }
}

pub(crate) fn text(txn: &mut TransactionMut<'_>, root: &str, name: &str) -> TextRef {
    match object(txn, root, name).get(txn, "text") {
        Some(Out::YText(text)) => text,
        _ => panic!("{name} has no text"),
    }
}

pub(crate) fn whole(doc: &Doc) -> Bytes {
    doc.transact().encode_state_as_update_v1(&StateVector::default()).into()
}

pub(crate) fn apply(doc: &Doc, update: &[u8]) {
    let update = Update::decode_v1(update).expect("yrs reads what the gate accepts");
    doc.transact_mut().apply_update(update).expect("yrs applies what the gate accepts");
    assert!(!doc.transact().has_missing_updates(), "something is pending");
}

/// The server's side: the gate and the document that takes what it accepts.
pub(crate) struct Board {
    pub(crate) gate: Gate,
    pub(crate) doc: Doc,
    pub(crate) known: Known,
}

impl Board {
    pub(crate) fn new() -> Self {
        Self { gate: Gate::new(Known::default()), doc: document(1), known: Known::default() }
    }

    /// Judges, and applies what is accepted.
    pub(crate) fn judge(&mut self, update: &Bytes, rights: &Rights) -> Verdict {
        let verdict = self.gate.judge(update, rights);
        if let Verdict::Accept(accepted) = &verdict {
            self.known.clients.extend(accepted.clients.iter().copied());
            self.known.authors.extend(accepted.created.iter().cloned());
            apply(&self.doc, &accepted.update);
        }
        verdict
    }

    pub(crate) fn accept(&mut self, update: &Bytes, rights: &Rights) -> Accepted {
        match self.judge(update, rights) {
            Verdict::Accept(accepted) => accepted,
            other => panic!("not accepted: {other:?}"),
        }
    }

    pub(crate) fn refuse(&mut self, update: &Bytes, rights: &Rights, code: RefusalCode) -> Refusal {
        let before = self.fingerprint();
        match self.judge(update, rights) {
            Verdict::Refuse(refusal) => {
                assert_eq!(refusal.code, code, "{refusal:?}");
                assert_eq!(self.fingerprint(), before, "a refusal changed the index");
                refusal
            }
            other => panic!("not refused but {other:?}"),
        }
    }

    pub(crate) fn nothing(&mut self, update: &Bytes, rights: &Rights) {
        let verdict = self.judge(update, rights);
        assert!(matches!(verdict, Verdict::Nothing), "{verdict:?}");
    }

    pub(crate) fn wait(&mut self, update: &Bytes, rights: &Rights) {
        let before = self.fingerprint();
        let verdict = self.judge(update, rights);
        assert!(matches!(verdict, Verdict::Wait), "{verdict:?}");
        assert_eq!(self.fingerprint(), before, "what waits changed the index");
    }

    pub(crate) fn fingerprint(&self) -> Fingerprint {
        fingerprint(&self.gate)
    }

    /// Holds the grown index against one loaded from the document.
    pub(crate) fn check_loaded(&self) -> Gate {
        let state = whole(&self.doc);
        let loaded = Gate::load(&state, self.known.clone()).expect("the state loads");
        assert_eq!(fingerprint(&loaded), self.fingerprint(), "loaded and grown differ");
        loaded
    }
}

pub(crate) type Fingerprint = (Vec<(u64, u32)>, usize, Vec<(String, Option<PersonId>, usize)>);

/// State vector, live objects, and what of them the gate knows.
pub(crate) fn fingerprint(gate: &Gate) -> Fingerprint {
    let mut vector: Vec<_> = gate.state_vector().collect();
    vector.sort_unstable();
    let mut objects: Vec<_> = gate.objects().map(|(name, author, units)| (name.to_owned(), author, units)).collect();
    objects.sort();
    (vector, gate.live_objects(), objects)
}

/// Whatever the bytes are: a verdict without a panic, and what is accepted leaves yrs whole.
pub(crate) fn survives(board: &mut Board, bytes: Vec<u8>, rights: &Rights) -> bool {
    let shown = bytes.clone();
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let accepted = matches!(board.judge(&bytes.into(), rights), Verdict::Accept(_));
        if accepted {
            whole(&board.doc);
        }
        accepted
    }));
    outcome.unwrap_or_else(|_| panic!("panicked at {shown:?}"))
}
