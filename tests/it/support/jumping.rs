//! A wall clock that somebody sets while the program runs: a small library between the program and the system
//! (`jumping_clock.c`), made with the machine's C compiler. Knows no promise.

use std::{ffi::OsStr, fs, path::Path, process::Command};

use tempfile::TempDir;

use crate::support::program::Program;

/// The wall clock of programs that are started on it.
pub(crate) struct Jumping {
    folder: TempDir,
}

impl Jumping {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/support/jumping_clock.c");
        let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
        let mut compile = Command::new(compiler);
        compile.args(["-shared", "-fPIC", "-O1", "-o"]).arg(folder.path().join("clock.so")).arg(source).arg("-ldl");
        let made = compile.output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        Self { folder }
    }

    /// From now on the clock is so many seconds ahead of the machine's.
    pub(crate) fn ahead(&self, seconds: i64) {
        let new = self.folder.path().join("new");
        fs::write(&new, seconds.to_string()).unwrap();
        fs::rename(new, self.folder.path().join("ahead")).unwrap();
    }

    /// Starts the program with this clock.
    pub(crate) async fn start(&self, data: &Path) -> Program {
        let (library, ahead) = (self.folder.path().join("clock.so"), self.folder.path().join("ahead"));
        let variables: [(&str, &OsStr); 2] = [("LD_PRELOAD", library.as_ref()), ("JUMPING_CLOCK", ahead.as_ref())];
        Program::start_among(data, &["--log", "warn"], &variables).await
    }
}
