//! A server's process: on a core of its own, its CPU time and memory, its end. Knows no protocols.

use std::{
    collections::HashMap,
    fs,
    path::Path,
    process::{ExitStatus, Stdio},
};

use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    task::spawn_local,
};

/// The core of servers; the generator has another.
pub(crate) const SERVER_CORE: usize = 0;
pub(crate) const GENERATOR_CORE: usize = 1;

/// A command that runs on one core, where the machine has more.
pub(crate) fn on_core(core: usize, program: &Path) -> std::process::Command {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    if cores < 2 && std::env::var_os(PINNED).is_none() {
        return std::process::Command::new(program);
    }
    let mut command = std::process::Command::new("taskset");
    command.arg("-c").arg(core.to_string()).arg(program);
    command
}

/// Set for the generator that runs on its core.
pub(crate) const PINNED: &str = "JALOSTAMO_LOAD_PINNED";

/// A running server; dropping it kills it.
pub(crate) struct Process {
    child: Child,
    id: u32,
    /// Until it has said what is waited for.
    stdout: Option<Lines<BufReader<ChildStdout>>>,
}

/// CPU time and memory of a process at a moment.
#[derive(Debug, Clone, Default)]
pub(crate) struct Usage {
    /// Nanoseconds on a core, thread by thread.
    threads: HashMap<String, u64>,
    /// Of all threads, ended ones too, in whole hundredths of a second.
    ticks: u64,
    /// Bytes.
    pub(crate) resident: u64,
    pub(crate) peak: u64,
}

impl Process {
    /// Starts a program on the servers' core, with nothing of this one's environment but the path.
    pub(crate) fn start(program: &Path, arguments: &[String], variables: &[(&str, String)]) -> Result<Self, String> {
        let mut command = Command::from(on_core(SERVER_CORE, program));
        command.env_clear().envs(std::env::var_os("PATH").map(|path| ("PATH", path))).args(arguments);
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().map_err(|error| format!("{}: {error}", program.display()))?;
        let stdout = BufReader::new(child.stdout.take().ok_or("no stdout")?).lines();
        let id = child.id().ok_or("ended at once")?;
        Ok(Self { child, id, stdout: Some(stdout) })
    }

    /// The rest of the first line it prints that begins so.
    pub(crate) async fn says(&mut self, begin: &str) -> Result<String, String> {
        let Some(stdout) = &mut self.stdout else { return Err("nobody listens to the server".to_owned()) };
        while let Some(line) = stdout.next_line().await.map_err(|error| error.to_string())? {
            if let Some(rest) = line.strip_prefix(begin) {
                return Ok(rest.to_owned());
            }
        }
        Err(format!("the server ended before it said \"{begin}\""))
    }

    /// Whatever else it prints is thrown away: a pipe that nobody empties would stop it.
    pub(crate) fn ignore(&mut self) {
        if let Some(stdout) = self.stdout.take() {
            let mut rest = stdout.into_inner();
            spawn_local(async move { tokio::io::copy(&mut rest, &mut tokio::io::sink()).await });
        }
    }

    pub(crate) async fn kill(mut self) -> Result<ExitStatus, String> {
        self.child.start_kill().map_err(|error| error.to_string())?;
        self.child.wait().await.map_err(|error| error.to_string())
    }

    /// What it has used until now.
    pub(crate) fn usage(&self) -> Result<Usage, String> {
        let read = |path: String| fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"));
        let mut usage = Usage::default();
        let folder = format!("/proc/{}/task", self.id);
        for thread in fs::read_dir(&folder).map_err(|error| format!("{folder}: {error}"))?.flatten() {
            let name = thread.file_name().to_string_lossy().into_owned();
            // A thread may end while one looks.
            let Ok(line) = read(format!("{folder}/{name}/schedstat")) else { continue };
            let spent = line.split(' ').next().and_then(|word| word.parse().ok()).unwrap_or(0);
            usage.threads.insert(name, spent);
        }
        // Behind the name in brackets: fields 3 and on; 14 and 15 are user and system time.
        let stat = read(format!("/proc/{}/stat", self.id))?;
        let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let field = |place: usize| fields.get(place - 3).and_then(|word| word.parse::<u64>().ok()).unwrap_or(0);
        usage.ticks = field(14) + field(15);
        let status = read(format!("/proc/{}/status", self.id))?;
        let kibibytes = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0)
        };
        usage.resident = kibibytes("VmRSS:") * 1024;
        usage.peak = kibibytes("VmHWM:") * 1024;
        Ok(usage)
    }
}

impl Usage {
    /// CPU seconds since an earlier moment. Threads that have ended since are only in the coarser count.
    pub(crate) fn seconds_since(&self, earlier: &Usage) -> f64 {
        let before = |name: &String| earlier.threads.get(name).copied().unwrap_or(0);
        let fine: u64 = self.threads.iter().map(|(name, spent)| spent.saturating_sub(before(name))).sum();
        let (fine, coarse) = (fine as f64 / 1e9, (self.ticks - earlier.ticks) as f64 / 100.0);
        if coarse > fine + 0.03 { coarse } else { fine }
    }
}
