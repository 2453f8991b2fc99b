//! Every kind of object with the fields that only it has. Knows no common fields and no values.

use super::{Field, Kind, Value, field, words::*};
use crate::rights::Action;

pub(super) const ITEMS: &[Kind] = &[
    Kind { name: "note", prefix: "n", size: Some((200, 120)), color: Some("yellow"), fields: &[] },
    Kind {
        name: "lane",
        prefix: "l",
        size: Some((1600, 200)),
        color: Some("grey"),
        fields: &[
            field("laneKind", Value::Word(LANE_KINDS), Action::Edit),
            field("org", Value::Line(120), Action::Edit),
        ],
    },
    Kind {
        name: "step",
        prefix: "s",
        size: Some((160, 80)),
        color: Some("white"),
        fields: &[
            field("stepKind", Value::Word(STEP_KINDS), Action::Edit),
            field("system", Value::Line(120), Action::Edit),
            field("channel", Value::Word(CHANNELS), Action::Edit),
            field("duration", Value::Line(40), Action::Edit),
            field("volume", Value::Line(40), Action::Edit),
            field("customerContact", Value::Flag, Action::Edit),
            field("proactive", Value::Flag, Action::Edit),
            field("fate", Value::Word(FATES), Action::Edit),
        ],
    },
    Kind {
        name: "obstacle",
        prefix: "o",
        size: Some((160, 80)),
        color: Some("pink"),
        fields: &[
            field("types", Value::Set(OBSTACLE_TYPES), Action::Edit),
            field("severity", Value::Number(1, 4), Action::Edit),
            field("resolution", Value::Word(RESOLUTIONS), Action::Edit),
        ],
    },
    Kind {
        name: "cooperation",
        prefix: "y",
        size: Some((160, 80)),
        color: Some("green"),
        fields: &[
            field("cooperationKind", Value::Word(COOPERATION_KINDS), Action::Edit),
            field("orgs", Value::Line(240), Action::Edit),
        ],
    },
    Kind {
        name: "nextStep",
        prefix: "a",
        size: Some((200, 120)),
        color: Some("blue"),
        fields: &[
            field("stepType", Value::Word(NEXT_STEP_TYPES), Action::Edit),
            field("ownerOrg", Value::Line(120), Action::Edit),
            field("ownerName", Value::Line(80), Action::Edit),
            field("due", Value::Day, Action::Edit),
            field("status", Value::Word(STATUSES), Action::Edit),
            field("takesPart", Value::Line(240), Action::Edit),
            field("horizon", Value::Word(HORIZONS), Action::Edit),
            field("firstAction", Value::Line(240), Action::Edit),
            field("decider", Value::Line(120), Action::Edit),
            field("mandate", Value::Word(MANDATES), Action::Edit),
            // Of a law proposal: what is to be changed, and by whom.
            field("statute", Value::Line(120), Action::Edit),
            field("section", Value::Line(80), Action::Edit),
            field("ministry", Value::Line(120), Action::Edit),
        ],
    },
    Kind {
        name: "frame",
        prefix: "r",
        size: Some((1200, 800)),
        color: Some("white"),
        fields: &[
            field("purpose", Value::Line(240), Action::Edit),
            field("instruction", Value::Line(600), Action::Edit),
            field("layout", Value::Word(LAYOUTS), Action::Edit),
        ],
    },
    Kind { name: "group", prefix: "u", size: Some((480, 320)), color: Some("grey"), fields: &[] },
    Kind {
        name: "bottleneck",
        prefix: "k",
        size: Some((160, 80)),
        color: Some("orange"),
        fields: &[
            field("waitTime", Value::Line(40), Action::Edit),
            field("queue", Value::Line(40), Action::Edit),
            field("cause", Value::Line(240), Action::Edit),
        ],
    },
    Kind {
        name: "painPoint",
        prefix: "d",
        size: Some((160, 80)),
        color: Some("pink"),
        fields: &[field("severity", Value::Number(1, 4), Action::Edit)],
    },
    Kind {
        name: "question",
        prefix: "q",
        size: Some((200, 120)),
        color: Some("violet"),
        fields: &[
            field("assumption", Value::Line(400), Action::Edit),
            field("answer", Value::Line(400), Action::Edit),
            field("questionState", Value::Word(QUESTION_STATES), Action::Edit),
        ],
    },
    Kind {
        name: "idea",
        prefix: "e",
        size: Some((200, 120)),
        color: Some("yellow"),
        fields: &[
            field("customerBenefit", Value::Line(400), Action::Edit),
            field("digitalElement", Value::Line(240), Action::Edit),
            field("beneficiaries", Value::Line(240), Action::Edit),
            // 0: not judged yet.
            field("impact", Value::Number(0, 5), Action::Edit),
            field("effort", Value::Number(0, 5), Action::Edit),
            field("ideaState", Value::Word(IDEA_STATES), Action::Edit),
        ],
    },
    Kind { name: "insight", prefix: "h", size: Some((200, 120)), color: Some("yellow"), fields: &[] },
    Kind {
        name: "evidence",
        prefix: "j",
        size: Some((200, 120)),
        color: Some("grey"),
        fields: &[
            field("evidenceKind", Value::Word(EVIDENCE_KINDS), Action::Edit),
            field("source", Value::Line(240), Action::Edit),
            field("date", Value::Day, Action::Edit),
            // 1 low, 2 moderate, 3 high.
            field("confidence", Value::Number(1, 3), Action::Edit),
        ],
    },
    // Its text is the word that is explained.
    Kind {
        name: "term",
        prefix: "m",
        size: Some((240, 120)),
        color: Some("white"),
        fields: &[
            field("meaning", Value::Line(400), Action::Edit),
            field("agreed", Value::Flag, Action::Edit),
            field("synonyms", Value::Line(240), Action::Edit),
        ],
    },
    Kind {
        name: "goal",
        prefix: "z",
        size: Some((480, 160)),
        color: Some("green"),
        fields: &[
            field("version", Value::Number(1, 99), Action::Edit),
            // Ids of organisations of the board's series.
            field("agreedBy", Value::Set(&[]), Action::Edit),
        ],
    },
    // What an organisation promises to do; its text is the promise.
    Kind {
        name: "commitment",
        prefix: "t",
        size: Some((240, 120)),
        color: Some("green"),
        fields: &[field("org", Value::Line(120), Action::Edit), field("byRole", Value::Line(80), Action::Edit)],
    },
];

const FLOW_FIELDS: &[Field] = &[
    field("fromSide", Value::Word(SIDES), Action::Connect),
    field("toSide", Value::Word(SIDES), Action::Connect),
    field("condition", Value::Line(120), Action::Edit),
    field("data", Value::Line(120), Action::Edit),
];

pub(super) const LINKS: &[Kind] = &[
    Kind { name: "sequence", prefix: "f", size: None, color: None, fields: FLOW_FIELDS },
    Kind { name: "information", prefix: "f", size: None, color: None, fields: FLOW_FIELDS },
    Kind { name: "customerMove", prefix: "f", size: None, color: None, fields: FLOW_FIELDS },
    // Where the pinned item is drawn, measured from the top left corner of what it is pinned to: so it
    // moves with it without anybody writing.
    Kind { name: "pin", prefix: "i", size: None, color: None, fields: &[field("offset", Value::Point, Action::Move)] },
    // Two items that have to do with each other; what, the kinds of its ends say (docs/board-format.md).
    Kind { name: "relation", prefix: "x", size: None, color: None, fields: &[] },
];

pub(super) const COMMENTS: &[Kind] = &[Kind { name: "comment", prefix: "c", size: None, color: None, fields: &[] }];
