//! Enumerations whose values are words in JSON and in the store. Knows not which.

/// Defines an enumeration with `ALL`, `word` and `from_word`.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$of:meta])* $value:ident = $word:tt),* $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
            utoipa::ToSchema,
        )]
        pub enum $name {
            $($(#[$of])* #[serde(rename = $word)] $value),*
        }

        impl $name {
            pub const ALL: &[$name] = &[$($name::$value),*];

            /// The word in the store and in JSON.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $($name::$value => $word),*
                }
            }

            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }
    };
}
pub(super) use words;

/// Each value once, in the order of the enumeration.
pub(super) fn sorted<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort_unstable();
    values.dedup();
    values
}
