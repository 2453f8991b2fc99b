//! Figures of runs, their medians and ratios, as a table and as JSON lines. Knows not how they came about.

use serde_json::{Map, Value, json};

use crate::{room::Shared, run::Window};

/// What one run gave: name and value, in the order in which they are shown.
#[derive(Debug, Clone, Default)]
pub(crate) struct Figures {
    values: Vec<(&'static str, f64)>,
}

impl Figures {
    pub(crate) fn put(&mut self, name: &'static str, value: f64) {
        self.values.push((name, value));
    }

    pub(crate) fn get(&self, name: &str) -> Option<f64> {
        self.values.iter().find(|(has, _)| *has == name).map(|(_, value)| *value)
    }

    /// What every run with edits gives.
    pub(crate) fn of(window: &Window, tally: &Shared) -> Self {
        let tally = tally.borrow();
        let delivered = window.delivered.max(1) as f64;
        let mut figures = Self::default();
        figures.put("deliveries/s", window.delivered as f64 / window.seconds);
        figures.put("CPU us/delivery", window.cpu * 1e6 / delivered);
        figures.put("CPU %", window.cpu / window.seconds * 100.0);
        figures.put("p50 ms", tally.latency.milliseconds(0.5));
        figures.put("p99 ms", tally.latency.milliseconds(0.99));
        figures.put("p99.9 ms", tally.latency.milliseconds(0.999));
        figures.put("edits/frame", delivered / window.messages.max(1) as f64);
        figures.put("peak MiB", window.usage.peak as f64 / 1_048_576.0);
        // What the generator itself was late: when this is not small, the latencies are the generator's.
        figures.put("lag p99 ms", tally.lag.milliseconds(0.99));
        figures
    }

    fn json(&self) -> Map<String, Value> {
        self.values.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect()
    }
}

/// All runs of one scenario.
pub(crate) struct Report {
    scenario: String,
    /// Server and what each of its runs gave; a run that failed gave its reason.
    runs: Vec<(String, Vec<Result<Figures, String>>)>,
    fdatasync: Vec<f64>,
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(values[middle]),
        _ => Some((values[middle - 1] + values[middle]) / 2.0),
    }
}

/// Three digits that matter, no more than the noise allows.
fn shown(value: f64) -> String {
    match value.abs() {
        large if large >= 100.0 => format!("{value:.0}"),
        middle if middle >= 10.0 => format!("{value:.1}"),
        middle if middle >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

impl Report {
    pub(crate) fn new(scenario: &str, servers: &[String]) -> Self {
        let runs = servers.iter().map(|server| (server.clone(), Vec::new())).collect();
        Self { scenario: scenario.to_owned(), runs, fdatasync: Vec::new() }
    }

    pub(crate) fn fdatasync(&mut self, milliseconds: f64) {
        self.fdatasync.push(milliseconds);
    }

    /// Notes a run, and prints it as a JSON line on stderr.
    pub(crate) fn add(&mut self, server: usize, result: Result<Figures, String>) {
        let (name, runs) = &mut self.runs[server];
        let mut line = match &result {
            Ok(figures) => figures.json(),
            Err(why) => Map::from_iter([("failed".to_owned(), json!(why))]),
        };
        line.insert("scenario".into(), json!(self.scenario));
        line.insert("server".into(), json!(name));
        line.insert("run".into(), json!(runs.len() + 1));
        eprintln!("{}", Value::Object(line));
        runs.push(result);
    }

    pub(crate) fn failed(&self) -> bool {
        self.runs.iter().any(|(_, runs)| runs.iter().any(Result::is_err))
    }

    /// Medians, and beside them the median of the ratios to the bare server of the same turn.
    pub(crate) fn table(&self) -> String {
        let figures = self.runs.iter().flat_map(|(_, runs)| runs.iter().flatten()).next();
        let names: Vec<&str> = figures.iter().flat_map(|figures| &figures.values).map(|(name, _)| *name).collect();
        let bare = self.runs.iter().find(|(server, _)| server == "bare").map(|(_, runs)| runs);
        let mut out = format!("### {}\n\n| server |", self.scenario);
        names.iter().for_each(|name| out += &format!(" {name} |"));
        out += "\n|---|";
        names.iter().for_each(|_| out += "---|");
        out += "\n";
        for (server, runs) in &self.runs {
            out += &format!("| {server} |");
            for name in &names {
                let of = |run: &Result<Figures, String>| run.as_ref().ok()?.get(name);
                let value = median(runs.iter().filter_map(of).collect());
                out += &format!(" {}", value.map_or("–".to_owned(), shown));
                let pairs = bare.filter(|_| server != "bare").into_iter().flatten().zip(runs);
                let ratio = |(bare, own): (&_, &_)| Some(of(own)? / of(bare).filter(|bare| *bare > 0.0)?);
                if let Some(ratio) = median(pairs.filter_map(ratio).collect()) {
                    out += &format!(" ({}×)", shown(ratio));
                }
                out += " |";
            }
            out += "\n";
        }
        let runs = self.runs.iter().map(|(_, runs)| runs.len()).max().unwrap_or(0);
        out += &format!("\nMedians of {runs} interleaved runs; in brackets the ratio to bare of the same turn.");
        if let Some(sync) = median(self.fdatasync.clone()) {
            out += &format!(" One fdatasync of 4 KiB: {} ms.", shown(sync));
        }
        out + "\n"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(value: f64) -> Result<Figures, String> {
        let mut figures = Figures::default();
        figures.put("p50 ms", value);
        Ok(figures)
    }

    #[test]
    fn medians_and_ratios_of_the_same_turn() {
        let mut report = Report::new("x", &["bare".to_owned(), "ours".to_owned()]);
        for (bare, ours) in [(1.0, 2.0), (2.0, 3.0), (10.0, 40.0)] {
            report.add(0, figures(bare));
            report.add(1, figures(ours));
        }
        let table = report.table();
        assert!(table.contains("| bare | 2.00 |"), "{table}");
        assert!(table.contains("| ours | 3.00 (2.00×) |"), "{table}");
        assert!(!report.failed());
        report.add(1, Err("client 3: has up to 4 of 5".to_owned()));
        assert!(report.failed());
    }

    #[test]
    fn medians() {
        assert_eq!(median(vec![]), None);
        assert_eq!(median(vec![3.0, 1.0]), Some(2.0));
        assert_eq!(median(vec![3.0, 1.0, 9.0]), Some(3.0));
    }
}
