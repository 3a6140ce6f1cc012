//! [Glacier checksums](https://smithy.io/2.0/aws/customizations/glacier-customizations.html): a body's SHA-256, and
//! the root of a tree of them. It must not know requests.

use std::fmt::Write as _;

use sha2::digest::Output;
use sha2::{Digest as _, Sha256};

use crate::error::Error;

/// What a leaf of the tree covers.
const LEAF: usize = 1 << 20;

/// A body's hashes, in hexadecimal digits.
pub(crate) struct Hashes {
    pub(crate) sha256: String,
    pub(crate) tree: String,
}

pub(crate) fn of(body: &[u8]) -> Result<Hashes, Error> {
    Ok(Hashes { sha256: hex(&Sha256::digest(body)), tree: hex(&tree_hash(body)) })
}

/// The root of a binary tree whose leaves are the hashes of a mebibyte each; a node without a neighbour moves up
/// as it is.
fn tree_hash(body: &[u8]) -> Output<Sha256> {
    let mut level: Vec<_> = body.chunks(LEAF).map(Sha256::digest).collect();
    while level.len() > 1 {
        let pairs = level.chunks(2);
        level = pairs
            .map(|pair| match pair {
                [left, right] => Sha256::new().chain_update(left).chain_update(right).finalize(),
                [only] => *only,
                _ => Output::<Sha256>::default(),
            })
            .collect();
    }
    level.pop().unwrap_or_else(|| Sha256::digest([]))
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string doesn't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_of_three_leaves() {
        let body = [vec![1; LEAF], vec![2; LEAF], vec![3; 5]].concat();
        let leaf = |range: std::ops::Range<usize>| Sha256::digest(&body[range]);
        let (a, b) = (leaf(0..LEAF), leaf(LEAF..2 * LEAF));
        let left = Sha256::digest([a.as_slice(), b.as_slice()].concat());
        let right = leaf(2 * LEAF..body.len());
        let root = Sha256::digest([left.as_slice(), right.as_slice()].concat());
        assert_eq!(tree_hash(&body), root);
        assert_eq!(tree_hash(b""), Sha256::digest(b""));
    }
}
