//! How much a board takes: the rate grows until edits are late. Knows no servers.

use super::fan_out::{self, Load};
use crate::{
    report::Figures,
    servers::{Kind, Place},
};

/// Milliseconds that one edit in a hundred may take.
const LATE: f64 = 100.0;
/// After the first rate that is too much: steps between it and the last that was not.
const FINER: usize = 2;

/// One rate: its figures, unless too much was late.
async fn step(kind: &Kind, place: &Place, load: &Load) -> Result<Option<Figures>, String> {
    match fan_out::run(kind, place, load).await {
        Ok(figures) => {
            let p99 = figures.get("p99 ms").unwrap_or(f64::INFINITY);
            eprintln!("{kind}: {:.0} edits/s each: p99 {p99:.1} ms", load.rate);
            Ok((p99 <= LATE).then_some(figures))
        }
        // Other servers may lose edits when they have too many; this one never.
        Err(why) if !kind.is_ours() => {
            eprintln!("{kind}: {:.0} edits/s each: {why}", load.rate);
            Ok(None)
        }
        Err(why) => Err(format!("{:.0} edits/s each: {why}", load.rate)),
    }
}

/// One run: the figures of the largest load that was carried.
pub(crate) async fn run(kind: &Kind, place: &Place, first: &Load) -> Result<Figures, String> {
    let mut best = None;
    let (mut good, mut bad, mut finer) = (0.0, f64::INFINITY, 0);
    let mut rate = first.rate;
    while finer <= FINER {
        let load = Load { rate, ..first.clone() };
        let mut carried = step(kind, place, &load).await?;
        if carried.is_none() {
            // The machine may have been busy with something else.
            carried = step(kind, place, &load).await?;
        }
        match carried {
            Some(figures) => {
                best = Some(figures);
                good = rate;
            }
            None => bad = rate,
        }
        rate = if bad.is_finite() {
            finer += 1;
            (good.max(1.0) * bad).sqrt()
        } else {
            rate * 2.0
        };
    }
    let mut figures = best.ok_or_else(|| format!("not even {} edits/s each", first.rate))?;
    figures.put("edits/s each", good);
    Ok(figures)
}
