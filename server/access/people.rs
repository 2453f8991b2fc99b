//! Who may give and take roles of people in a series. Knows no store and no HTTP.
//!
//! `docs/rights.md` shows it to people.

use crate::role::Role;

/// Somebody who runs a series, as far as others' roles are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Runner {
    /// Their role in the series.
    pub role: Role,
    /// They lead it.
    pub leads: bool,
}

impl Runner {
    /// Whether they may deal with this role: take it away from who has it, or give it. Owners deal with all, the lead with
    /// all but owners, other facilitators with participants and observers.
    #[must_use]
    pub const fn deals_with(self, role: Role) -> bool {
        match (self.role, role) {
            (Role::Owner, _) => true,
            (Role::Facilitator, Role::Facilitator) => self.leads,
            (Role::Facilitator, Role::Participant | Role::Observer) => true,
            (Role::Facilitator, Role::Owner) | (Role::Participant | Role::Observer, _) => false,
        }
    }

    /// Whether they may hand the lead over, their own or another's.
    #[must_use]
    pub const fn hands_the_lead_over(self) -> bool {
        matches!(self.role, Role::Owner) || matches!(self.role, Role::Facilitator) && self.leads
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_deals_with_whom() {
        let row = |role, leads| Role::ALL.map(|theirs| Runner { role, leads }.deals_with(theirs));
        assert_eq!(row(Role::Owner, false), [true; 4]);
        assert_eq!(row(Role::Facilitator, true), [false, true, true, true]);
        assert_eq!(row(Role::Facilitator, false), [false, false, true, true]);
        assert_eq!(row(Role::Participant, true), [false; 4]);
        assert_eq!(row(Role::Observer, true), [false; 4]);
        let hands = |role, leads| Runner { role, leads }.hands_the_lead_over();
        assert!(hands(Role::Owner, false) && hands(Role::Facilitator, true));
        assert!(!hands(Role::Facilitator, false) && !hands(Role::Observer, true));
    }
}
