// English: inviting to a board.

export const share = {
  "share.title": "Invite",
  "share.lead": "Make a link and send it. Everyone who has the link gets to the board in the role of the link.",
  "share.role": "Role of the link",
  "share.make": "Make an invitation link",
  "share.new": "New invitation link: {role}",
  "share.once": "The link is shown only now. Copy it at once.",
  "share.copy": "Copy the link",
  "share.links": "Links made",
  "share.none": "There are no links yet.",
  "share.madeAt": "made {date}",
  "share.expires": "valid until {date}",
  "share.usesLeft": "{n|one use|{n} uses} left",
  "share.revoke": "Revoke the link",
  "share.revokeWhich": "Revoke the link: {role}, {date}",
  "share.revokeSure": "Revoke the link? Those who came by it leave the board at once.",
  "share.revokeDone": "The link is revoked.",
  "share.made": "The invitation link is made.",
} as const;
