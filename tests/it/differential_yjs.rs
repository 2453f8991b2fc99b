//! Yjs in one Node process, asked in whole rounds: what it reads must be what yrs reads. Knows not how updates are made;
//! `tests/stock/differential.mjs` is the other end.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use bytes::Bytes;
use data_encoding::BASE64;
use jalostamo::{access::table, facilitation::State, gate::Verdict, ids::PersonId, role::Role};
use serde_json::Value;
use yrs::{Any, Doc, ReadTxn, Transact, Update, WriteTxn, types::ToJson, updates::decoder::Decode};

use crate::fuzz_targets::arena::{Arena, document};

const ROOTS: [&str; 4] = ["items", "links", "comments", "meta"];

/// The document as yrs reads it, root by root.
pub(crate) fn shown(doc: &Doc) -> Vec<Any> {
    let roots = {
        let mut txn = doc.transact_mut();
        ROOTS.map(|root| txn.get_or_insert_map(root))
    };
    let txn = doc.transact();
    roots.iter().map(|root| root.to_json(&txn)).collect()
}

fn same(ours: &Any, theirs: &Value) -> bool {
    match (ours, theirs) {
        (Any::Null, Value::Null) => true,
        (Any::Bool(ours), Value::Bool(theirs)) => ours == theirs,
        (Any::Number(ours), Value::Number(theirs)) => ours.as_f64() == theirs.as_f64(),
        (Any::String(ours), Value::String(theirs)) => **ours == **theirs,
        (Any::Array(ours), Value::Array(theirs)) => {
            ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(ours, theirs)| same(ours, theirs))
        }
        (Any::Map(ours), Value::Object(theirs)) => {
            ours.len() == theirs.len()
                && ours.iter().all(|(key, ours)| theirs.get(key).is_some_and(|theirs| same(ours, theirs)))
        }
        _ => false,
    }
}

/// One scene for Yjs: what was accepted, what yrs read after each, and what the server ended with.
pub(crate) struct Round {
    pub(crate) seed: u64,
    pub(crate) accepted: Vec<(usize, Bytes)>,
    /// What everybody else is told of each.
    pub(crate) sent: Vec<Bytes>,
    pub(crate) shown: Vec<Vec<Any>>,
    /// The same as frames for many readers.
    pub(crate) frames: Vec<Bytes>,
    pub(crate) arena: Arena,
}

impl Round {
    /// How the case is run again: by its seed while the generator is as it is, by its bytes for ever.
    pub(crate) fn told(seed: u64, updates: &[(usize, Bytes)]) -> String {
        let updates: Vec<String> = updates
            .iter()
            .map(|(who, update)| format!("{{\"person\":{who},\"hex\":\"{}\"}}", data_encoding::HEXLOWER.encode(update)))
            .collect();
        format!(
            "run again: JALOSTAMO_SEED={seed} JALOSTAMO_UPDATES=1; keep in tests/corpus/differential:\n{{\"updates\":[\n{}]}}",
            updates.join(",\n")
        )
    }

    pub(crate) fn commands(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut command = |which: u8, bytes: &[u8]| {
            out.push(which);
            out.extend_from_slice(&u32::try_from(bytes.len()).unwrap().to_le_bytes());
            out.extend_from_slice(bytes);
        };
        command(b'N', &[]);
        self.sent.iter().for_each(|update| command(b'A', update));
        self.frames.iter().for_each(|frame| command(b'S', frame));
        command(b'E', &[]);
        out
    }

    fn compare(&self, what: &str, ours: &[Any], line: &str) -> Result<(), String> {
        let theirs: Value = match line.strip_prefix('!') {
            Some(error) => return Err(format!("{what}: Yjs: {error}")),
            None => serde_json::from_str(line).map_err(|error| format!("{what}: {error}: {line}"))?,
        };
        for (root, ours) in ROOTS.iter().zip(ours) {
            if !same(ours, &theirs[root]) {
                let mut text = String::new();
                ours.to_json(&mut text);
                return Err(format!("{what}: {root} in yrs: {text}\nin Yjs: {}", theirs[root]));
            }
        }
        Ok(())
    }

    /// Reads the answers to a round.
    pub(crate) fn check(mut self, answers: &mut impl BufRead) -> Result<(), String> {
        let mut line = || {
            let mut line = String::new();
            match answers.read_line(&mut line) {
                Ok(length) if length > 0 => Ok(line.trim_end().to_owned()),
                _ => Err("Yjs has ended".to_owned()),
            }
        };
        for (number, ours) in self.shown.iter().enumerate() {
            self.compare(&format!("update {number}"), ours, &line()?)?;
        }
        let last = shown(&self.arena.doc);
        self.compare("spliced", &last, &line()?)?;
        let state = BASE64.decode(line()?.as_bytes()).map_err(|error| error.to_string())?;
        self.whole(&state.into(), &last)
    }

    /// Yjs's whole state says nothing new to the gate, and is the same document.
    fn whole(&mut self, state: &Bytes, last: &[Any]) -> Result<(), String> {
        let nobody = table::rights(PersonId::from_bytes([99; 16]), Role::Observer, &State::default());
        match self.arena.gate.judge(state, &nobody) {
            Verdict::Nothing => {}
            other => return Err(format!("to Yjs's whole state the gate says {other:?}")),
        }
        let doc = document(3);
        let update = Update::decode_v1(state).map_err(|error| error.to_string())?;
        doc.transact_mut().apply_update(update).map_err(|error| error.to_string())?;
        if doc.transact().has_missing_updates() || shown(&doc) != last {
            return Err("Yjs's whole state is another document".into());
        }
        let ours = self.arena.doc.transact().state_vector();
        if doc.transact().state_vector() == ours { Ok(()) } else { Err("Yjs has other clocks".into()) }
    }
}

/// The process.
pub(crate) struct Yjs {
    child: Child,
}

impl Yjs {
    pub(crate) fn start() -> (Self, ChildStdin, BufReader<ChildStdout>) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stock");
        assert!(folder.join("node_modules").is_dir(), "Run `npm ci --prefix tests/stock` first.");
        let mut child = Command::new("node")
            .args(["differential.mjs", "--no-colors"])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        (Self { child }, input, BufReader::with_capacity(1 << 16, output))
    }
}

impl Drop for Yjs {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks Yjs about every round that `next` gives, and makes the next while Yjs works.
pub(crate) fn ask(mut next: impl FnMut() -> Option<Round>) {
    let (yjs, mut input, mut answers) = Yjs::start();
    let (hand, hands) = std::sync::mpsc::sync_channel::<Round>(4);
    let checker = std::thread::spawn(move || {
        for round in hands {
            let (seed, accepted) = (round.seed, round.accepted.clone());
            round.check(&mut answers).map_err(|error| format!("{error}\n{}", Round::told(seed, &accepted)))?;
        }
        Ok::<(), String>(())
    });
    while let Some(round) = next() {
        let commands = round.commands();
        // First the one who reads the answers: then neither side can wait for the other.
        if hand.send(round).is_err() || input.write_all(&commands).is_err() {
            break;
        }
    }
    drop((hand, input));
    let told = checker.join().unwrap();
    drop(yjs);
    told.unwrap_or_else(|error| panic!("{error}"));
}
