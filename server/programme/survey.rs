//! Surveys of a workshop: a pulse at its start, feedback and the pulse at its end; answers without people, and what they come to.
//! Knows not who answered.

use std::{collections::BTreeMap, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{Wrong, words::words};
use crate::{limits, text};

words!(
/// What people are asked, and when.
Survey {
    /// At the start of a workshop: the pulse.
    Start = "start",
    /// At its end: feedback, and the pulse again.
    End = "end",
});

words!(
/// A question, answered by 1 (disagree) to 5 (agree).
Question {
    /// The workshop took our work forward.
    Advanced = "advanced",
    /// I could take part enough.
    TookPart = "tookPart",
    /// I know the work of the other actors better than before.
    KnowOthers = "knowOthers",
    /// We have a shared goal.
    SharedGoal = "sharedGoal",
    /// I stand behind our shared goal.
    Pulse = "pulse",
});

impl FromStr for Survey {
    type Err = Wrong;
    fn from_str(word: &str) -> Result<Self, Wrong> {
        Self::from_word(word).ok_or(Wrong::Field("a survey is start or end"))
    }
}

impl Survey {
    /// In the order in which they are asked.
    #[must_use]
    pub const fn questions(self) -> &'static [Question] {
        match self {
            Survey::Start => &[Question::Pulse],
            Survey::End => Question::ALL,
        }
    }
}

/// One person's answers; nothing in it says whose, or when.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// 1 to 5; a question may be passed over.
    pub scores: BTreeMap<Question, u8>,
    /// What they want to say; may be empty.
    pub text: String,
}

impl Answer {
    /// The answer as it may be kept.
    ///
    /// # Errors
    /// Says what is wrong; also when it says nothing at all.
    pub fn cleaned(self, survey: Survey) -> Result<Self, Wrong> {
        let asked = |question: &Question| survey.questions().contains(question);
        if !self.scores.keys().all(asked) || !self.scores.values().all(|score| (1..=5).contains(score)) {
            return Err(Wrong::Field("scores are 1 to 5, for the questions of the survey"));
        }
        let text = text::lines(&self.text, limits::SURVEY_TEXT_CHARS)
            .ok_or(Wrong::Field("the open answer has at most 1,000 characters"))?;
        if survey == Survey::Start && !text.is_empty() {
            return Err(Wrong::Field("the pulse has no open answer"));
        }
        if self.scores.is_empty() && text.is_empty() {
            return Err(Wrong::Field("an answer says something"));
        }
        Ok(Self { scores: self.scores, text })
    }
}

/// What answers come to.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Summary {
    /// How many answered.
    pub answers: u32,
    /// Null while the survey is open, and below five answers.
    #[schema(required)]
    pub questions: Option<Vec<QuestionSummary>>,
}

/// What the answers to one question come to.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct QuestionSummary {
    pub question: Question,
    /// How many answered it.
    pub answers: u32,
    /// Per cent of these who gave 4 or 5, rounded; null below five of them.
    #[schema(required)]
    pub positive: Option<u32>,
    /// With one decimal; null below five answers.
    #[schema(required)]
    pub mean: Option<f64>,
}

/// What is shown of the answers to a closed survey.
#[must_use]
pub fn summary(survey: Survey, answers: &[Answer]) -> Summary {
    let enough = answers.len() >= limits::SURVEY_LEAST;
    let lines = || survey.questions().iter().map(|question| line(*question, answers)).collect();
    Summary { answers: number(answers.len()), questions: enough.then(lines) }
}

/// The open answers, when there are enough answers to hide behind. In the order of the alphabet: none says who was first.
#[must_use]
pub fn texts(answers: &[Answer]) -> Option<Vec<String>> {
    let texts = || {
        let mut texts: Vec<String> =
            answers.iter().map(|answer| answer.text.clone()).filter(|text| !text.is_empty()).collect();
        texts.sort_unstable();
        texts
    };
    (answers.len() >= limits::SURVEY_LEAST).then(texts)
}

fn line(question: Question, answers: &[Answer]) -> QuestionSummary {
    let scores: Vec<u32> =
        answers.iter().filter_map(|answer| answer.scores.get(&question)).map(|it| (*it).into()).collect();
    let given = number(scores.len());
    let positive = number(scores.iter().filter(|score| **score >= 4).count());
    let enough = scores.len() >= limits::SURVEY_LEAST;
    QuestionSummary {
        question,
        answers: given,
        positive: enough.then(|| (positive * 200 + given) / (given * 2)),
        mean: enough.then(|| (f64::from(scores.iter().sum::<u32>()) / f64::from(given) * 10.0).round() / 10.0),
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn answer(scores: serde_json::Value, text: &str) -> Answer {
        Answer { scores: serde_json::from_value(scores).unwrap(), text: text.to_owned() }
    }

    #[test]
    fn four_answers_show_nothing_and_five_their_per_cent() {
        let mut answers: Vec<Answer> =
            [5, 4, 3, 4].into_iter().map(|pulse| answer(json!({ "pulse": pulse }), "")).collect();
        assert_eq!(summary(Survey::Start, &answers), Summary { answers: 4, questions: None });
        assert_eq!(texts(&answers), None);
        answers.push(answer(json!({"pulse": 2}), ""));
        let line = QuestionSummary { question: Question::Pulse, answers: 5, positive: Some(60), mean: Some(3.6) };
        assert_eq!(summary(Survey::Start, &answers), Summary { answers: 5, questions: Some(vec![line]) });
    }

    #[test]
    fn a_question_that_few_answered_is_hidden_among_others() {
        let mut answers = vec![answer(json!({"advanced": 5, "pulse": 1}), "b"); 4];
        answers.push(answer(json!({"advanced": 4}), "a"));
        let lines = summary(Survey::End, &answers).questions.unwrap();
        let shown = |question| lines.iter().find(|line| line.question == question).unwrap();
        assert_eq!((shown(Question::Advanced).positive, shown(Question::Advanced).mean), (Some(100), Some(4.8)));
        assert_eq!((shown(Question::Pulse).answers, shown(Question::Pulse).positive), (4, None));
        assert_eq!(texts(&answers).unwrap(), ["a", "b", "b", "b", "b"]);
    }

    #[test]
    fn at_the_limits_and_one_past_them() {
        let end = |scores, text: &str| answer(scores, text).cleaned(Survey::End).is_ok();
        assert!(end(json!({"advanced": 1, "pulse": 5}), ""));
        assert!(!end(json!({"advanced": 0}), "") && !end(json!({"advanced": 6}), ""));
        assert!(end(json!({}), &"ö".repeat(limits::SURVEY_TEXT_CHARS)));
        assert!(!end(json!({}), &"ö".repeat(limits::SURVEY_TEXT_CHARS + 1)));
        assert!(!end(json!({}), " "), "it says nothing");
        assert!(answer(json!({"advanced": 3}), "").cleaned(Survey::Start).is_err(), "not asked");
        assert!(answer(json!({"pulse": 3}), "Terve").cleaned(Survey::Start).is_err(), "not asked");
    }
}
