//! The words that fields of a fixed list take, each list in the order in which people choose. Knows no fields.

/// Note colours: tokens that the browser's `ui/tokens.css` gives a look, never the only carrier of meaning.
pub const COLORS: &[&str] = &["yellow", "green", "blue", "pink", "violet", "orange", "grey", "white"];
pub const LANE_KINDS: &[&str] =
    &["customer", "frontstage", "backstage", "support", "organisation", "network", "system"];
pub const STEP_KINDS: &[&str] = &["task", "start", "end", "decision", "wait", "subprocess"];
pub const CHANNELS: &[&str] = &["none", "online", "phone", "inPerson", "letter", "email", "other"];
pub const FATES: &[&str] = &["undecided", "keep", "change", "remove", "merge", "automate", "new"];
pub const OBSTACLE_TYPES: &[&str] = &[
    "legislation",
    "informationSystem",
    "informationFlow",
    "dataProtection",
    "resources",
    "funding",
    "leadership",
    "culture",
    "competence",
    "practice",
    "boundary",
    "environment",
    "language",
    "other",
];
pub const RESOLUTIONS: &[&str] = &["open", "nextStep", "accepted", "outOfScope"];
pub const COOPERATION_KINDS: &[&str] =
    &["sharedData", "sharedService", "sharedSpace", "agreement", "contactPerson", "coDevelopment"];
pub const NEXT_STEP_TYPES: &[&str] =
    &["lawProposal", "jointProject", "experiment", "practiceChange", "quickFix", "study", "other"];
pub const STATUSES: &[&str] = &["proposed", "agreed", "inProgress", "stuck", "done", "dropped"];
pub const HORIZONS: &[&str] = &["undecided", "now", "halfYear", "year", "later"];
pub const MANDATES: &[&str] = &["notAsked", "asked", "given", "refused"];
pub const LAYOUTS: &[&str] = &["free", "columns", "lanes", "matrix", "journey"];
pub const QUESTION_STATES: &[&str] = &["open", "answered", "parked"];
pub const IDEA_STATES: &[&str] = &["raw", "shortlisted", "chosen", "parked"];
pub const EVIDENCE_KINDS: &[&str] = &["interview", "observation", "survey", "statistic", "feedback", "document"];
/// How far an item can be above or below the others of its sort.
pub const LAYERS: i64 = 1_000_000;
/// The kinds of item that other items can stand in.
pub const CONTAINERS: &[&str] = &["frame", "lane", "group"];
/// The kinds of link that are drawn as arrows; a pin can lead to one.
pub const FLOWS: &[&str] = &["sequence", "information", "customerMove"];
pub const SIDES: &[&str] = &["auto", "top", "right", "bottom", "left"];
