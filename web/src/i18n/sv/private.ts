// Swedish: writing in silence, as the board shows it.

export const silence = {
  "private.mine": "Bara för dig",
  "private.name": "syns bara för dig",
  "private.write": "Bara du ser det du skriver tills facilitatorn visar det för alla.",
  "private.anonymous": "Ditt namn visas inte.",
  "private.waits": "Det du skrev syns ännu bara för dig. Facilitatorn visar det för alla senare.",
  "command.drafts.reveal": "Visa det tyst skrivna för alla",
  "command.drafts.revealLate": "Visa texter som kommit sent",
  "command.drafts.discard": "Kasta det tyst skrivna",
  "command.drafts.count": "Visa för alla hur många som har skrivit",
  "command.drafts.show": "Gå till de texter som visades",
  "said.revealedHere": "Visar {count|en text|{count} texter} som skrevs under tystnad.",
  "said.draftsDiscarded": "Det tyst skrivna kastades.",
  "said.countShown": "Alla ser nu hur många som har skrivit.",
  "said.countHidden": "Antalet syns inte längre.",
  "why.silent": "Det här går inte förrän texten har visats för alla.",
  "refused.late": "Texterna visades innan den här hann fram.",
  "refused.lateAnonymous":
    "Texterna visades innan den här hann fram. Du kan skicka den för att visas senare, fortfarande utan namn.",
} as const;
