//! A disk that is slow, hangs or fails when a test says so, under the program itself: a small library between the program
//! and the system (`slow_disk.c`), made with the machine's C compiler. Knows no promise.

use std::{ffi::OsStr, fs, path::Path, process::Command};

use tempfile::TempDir;

use crate::support::{eventually, program::Program};

/// The disk under one data folder.
pub(crate) struct Disk {
    folder: TempDir,
}

impl Disk {
    /// SQLite is compiled with the same compiler: where the program was built, there is one.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/support/slow_disk.c");
        let compiler = std::env::var_os("CC").unwrap_or_else(|| "cc".into());
        let mut compile = Command::new(compiler);
        compile.args(["-shared", "-fPIC", "-O1", "-o"]).arg(folder.path().join("slow_disk.so")).arg(source).arg("-ldl");
        let made = compile.output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let disk = Self { folder };
        disk.order("");
        disk
    }

    fn orders(&self) -> std::path::PathBuf {
        self.folder.path().join("orders")
    }

    /// What is to happen from now on; see `slow_disk.c`. Nothing: all is well.
    pub(crate) fn order(&self, what: &str) {
        let new = self.folder.path().join("new");
        fs::write(&new, what).unwrap();
        fs::rename(new, self.orders()).unwrap();
    }

    /// How often a mark was noted.
    pub(crate) fn count(&self, mark: char) -> usize {
        let seen = fs::read_to_string(self.folder.path().join("orders.seen")).unwrap_or_default();
        seen.chars().filter(|each| *each == mark).count()
    }

    /// Waits until the program hangs in a sync.
    pub(crate) async fn hangs(&self) {
        eventually("a sync that hangs", async || self.count('(') > self.count(')')).await;
    }

    /// Waits until a call failed after so many.
    pub(crate) async fn failed_after(&self, before: usize) {
        eventually("a call that fails", async || self.count('!') > before).await;
    }

    /// Starts the program on this disk.
    pub(crate) async fn start(&self, data: &Path) -> Program {
        let (library, orders) = (self.folder.path().join("slow_disk.so"), self.orders());
        let whole = fs::canonicalize(data).unwrap();
        let variables: [(&str, &OsStr); 3] = [
            ("LD_PRELOAD", library.as_ref()),
            ("SLOW_DISK_ORDERS", orders.as_ref()),
            ("SLOW_DISK_FOLDER", whole.as_ref()),
        ];
        Program::start_among(data, &["--log", "warn"], &variables).await
    }
}
