//! The members of a structure that have been read.

/// Set of the member indices of a structure that have been read.
#[derive(Default)]
pub(super) struct SeenMembers {
    /// Bits of the indices below 64.
    first: u64,
    rest: Vec<usize>,
}

impl SeenMembers {
    /// Adds a member. Returns false if it has been read before.
    pub(super) fn insert(&mut self, index: usize) -> bool {
        if index < 64 {
            let is_new = self.first & 1 << index == 0;
            self.first |= 1 << index;
            return is_new;
        }
        let is_new = !self.rest.contains(&index);
        self.rest.push(index);
        is_new
    }
}
