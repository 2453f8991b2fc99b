// Swedish: inviting to a board.

export const share = {
  "share.title": "Bjud in",
  "share.lead": "Gör en länk och skicka den. Alla som har länken kommer till tavlan i länkens roll.",
  "share.role": "Länkens roll",
  "share.make": "Gör en inbjudningslänk",
  "share.new": "Ny inbjudningslänk: {role}",
  "share.once": "Länken visas bara nu. Kopiera den genast.",
  "share.copy": "Kopiera länken",
  "share.links": "Gjorda länkar",
  "share.none": "Det finns inga länkar ännu.",
  "share.madeAt": "gjord {date}",
  "share.expires": "gäller till {date}",
  "share.usesLeft": "{n|en användning|{n} användningar} kvar",
  "share.revoke": "Återkalla länken",
  "share.revokeWhich": "Återkalla länken: {role}, {date}",
  "share.revokeSure": "Ska länken återkallas? De som kom med den lämnar tavlan genast.",
  "share.revokeDone": "Länken är återkallad.",
  "share.made": "Inbjudningslänken är gjord.",
} as const;
