// English: what went wrong, and what to do next.

export const problems = {
  "refused.malformed": "The change was faulty. Reload the page.",
  "refused.unsupported": "The board does not take changes of this kind.",
  "refused.schema": "The change had something in it that the board does not know.",
  "refused.limit": "The board is full, or the text is too long.",
  "refused.role": "Your role does not allow this change. The facilitator can change the role with a new invitation.",
  "refused.notYours": "Somebody else made the object. Only its maker or a facilitator can change it.",
  "refused.locked": "The object is locked. A facilitator can unlock it.",
  "refused.part":
    "The part of the workshop that is running does not allow this. A facilitator can change the part or end it.",
  "refused.readOnly": "The board is paused. A facilitator can resume editing.",
  "refused.author": "The maker of the change did not match. Make the change again.",
  "refused.replaced": "The object was there already. Make the change again.",
  "refused.client": "This tab belongs to another person. Reload the page.",
  "refused.quarantined": "The change caused an error and was set aside to be looked into.",
  "refused.retired": "The board got a new version before this change was saved. Do it again if it is still needed.",
  "refused.other": "The server did not take the change.",

  "problem.notFound": "This was not found, or you have no right to it.",
  "problem.unauthorized": "You are not signed in. Open your invitation link again.",
  "problem.forbidden": "You have no right to this. Ask the facilitator.",
  "problem.origin": "The request came from the wrong address. Open the service at its own address.",
  "problem.invite": "The invitation link has expired, is used up, was revoked, or is incomplete. Ask for a new link.",
  "problem.name": "The name is missing or too long.",
  "problem.tooMany": "Too many attempts. Wait a minute and try again.",
  "problem.tooBig": "The file or request is too big.",
  "problem.badRequest": "The server did not understand the request. Reload the page.",
  "problem.conflict": "Somebody else changed the same thing first. Try again.",
  "problem.notNow":
    "This is not possible now: the board is paused, or the running part of the workshop does not allow it.",
  "problem.inUse": "This is used elsewhere in the workshop series. Remove the references to it first.",
  "problem.needed": "The series needs this person. Hand the lead over, or make another owner, first.",
  "problem.limit": "There are already as many of these as there can be.",
  "problem.storage": "The server cannot save right now. Try again in a moment.",
  "problem.internal": "Something went wrong on the server. Try again in a moment.",
  "problem.badFile": "The file is not a valid board. Choose a file exported from Jalostamo.",
  "problem.unavailable": "The server is not available for a moment. Try again soon.",
  "problem.tooSlow": "Sending took too long. Check the network and try again.",
  "problem.unreadable": "The server's answer could not be read. Reload the page.",
  "problem.offline": "The server cannot be reached. Check the network and try again.",
  "problem.other": "Something went wrong. Try again. If it happens again, tell the facilitator.",

  "problem.organisationInUse":
    "The organisation is in use: it owns the series or a challenge, or proposed one. Change it there first.",

  "problem.export": "The file could not be made. Try again. If it happens again, try another format.",
  "problem.exportsTooMany": "You already have three exports in work. Wait a moment and try again.",
  "problem.snapshotsLimit": "The board already has 200 snapshots. Delete an old one first.",

  "refused.partNamed": "The part “{part}” does not allow this. A facilitator can change the part or end it.",
} as const;
