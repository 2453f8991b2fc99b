//! Builds the browser app into `web/dist` when its sources have changed. Knows nothing of the server.
//!
//! Whether they have changed is told by a hash, not by times of files: a stale page cannot be shipped. A debug
//! build takes whatever page is there.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::SystemTime,
};

use sha2::{Digest, Sha256};

/// What the page is made from, below `web/`.
const SOURCES: [&str; 9] = [
    ".npmrc",
    "build",
    "index.html",
    "package-lock.json",
    "package.json",
    "public",
    "src",
    "svelte.config.js",
    "tsconfig.json",
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    println!("cargo:rerun-if-changed=build.rs");
    let web = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or("no CARGO_MANIFEST_DIR")?).join("web");
    let sources = sources(&web).map_err(|error| format!("cannot list {}: {error}", web.display()))?;
    for source in &sources {
        println!("cargo:rerun-if-changed={}", source.display());
    }
    let (page, stamp) = (web.join("dist/index.html"), web.join("dist/.stamp"));
    println!("cargo:rerun-if-changed={}", stamp.display());

    let wanted = hash(&web, &sources).map_err(|error| format!("cannot read {}: {error}", web.display()))?;
    let is_there = page.is_file();
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if is_there && (!is_release || fs::read_to_string(&stamp).is_ok_and(|stamped| stamped == wanted)) {
        return Ok(());
    }
    install(&web)?;
    npm(&web, &["run", "build"])?;
    if !page.is_file() {
        return Err(format!("the browser app was built, but {} is not there", page.display()));
    }
    write_stamp(&stamp, &wanted).map_err(|error| format!("cannot write {}: {error}", stamp.display()))
}

/// Files and folders that the page is made from, and that are there.
fn sources(web: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = SOURCES.iter().map(|name| web.join(name)).filter(|path| path.exists()).collect();
    for entry in fs::read_dir(web)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.starts_with("vite.config.") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// One hash over the names and contents of all files.
fn hash(web: &Path, sources: &[PathBuf]) -> io::Result<String> {
    let mut files = Vec::new();
    for source in sources {
        collect(source, &mut files)?;
    }
    files.sort();
    let mut hasher = Sha256::new();
    for file in files {
        let content = fs::read(&file)?;
        let name = file.strip_prefix(web).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        hasher.update(format!("{name}\0{}\0", content.len()));
        hasher.update(&content);
    }
    Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else {
        files.push(path.to_owned());
    }
    Ok(())
}

/// `npm ci`, unless what it would install is there already.
fn install(web: &Path) -> Result<(), String> {
    let lock = fs::read(web.join("package-lock.json"))
        .map_err(|error| format!("cannot read web/package-lock.json: {error}"))?;
    let stamp = web.join("node_modules/.jalostamo-lock");
    let wanted = hash_of(&lock);
    if fs::read_to_string(&stamp).is_ok_and(|stamped| stamped == wanted) {
        return Ok(());
    }
    npm(web, &["ci"])?;
    fs::write(&stamp, wanted).map_err(|error| format!("cannot write {}: {error}", stamp.display()))
}

fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn npm(web: &Path, arguments: &[&str]) -> Result<(), String> {
    let line = arguments.join(" ");
    let program = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let output = Command::new(program).args(arguments).current_dir(web).output().map_err(|error| {
        if error.kind() == io::ErrorKind::NotFound {
            "npm is not there: the browser app is built with Node.js 20 or later and its npm. Install them, \
             and build again."
                .to_owned()
        } else {
            format!("npm {line} did not start: {error}")
        }
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = [output.stdout, output.stderr].concat();
    Err(format!("npm {line} failed in web/:\n{}", String::from_utf8_lossy(&said)))
}

/// The stamp gets an old time: cargo would take a file that is newer than the start of this program for a change.
fn write_stamp(stamp: &Path, wanted: &str) -> io::Result<()> {
    fs::write(stamp, wanted)?;
    fs::File::options().write(true).open(stamp)?.set_modified(SystemTime::UNIX_EPOCH)
}
