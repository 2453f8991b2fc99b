// Swedish of Finland: what went wrong, and what to do next.

export const problems = {
  "refused.malformed": "Ändringen var felaktig. Ladda om sidan.",
  "refused.unsupported": "Tavlan tar inte emot sådana ändringar.",
  "refused.schema": "Ändringen innehöll en uppgift som tavlan inte känner till.",
  "refused.limit": "Tavlans maximala antal eller textens maximala längd överskreds.",
  "refused.role": "Din roll tillåter inte ändringen. Facilitatorn kan byta rollen med en ny inbjudan.",
  "refused.notYours": "Objektet är gjort av någon annan. Bara den som gjorde det eller en facilitator kan ändra det.",
  "refused.locked": "Objektet är låst. Facilitatorn kan låsa upp det.",
  "refused.part": "Den pågående delen av workshoppen tillåter inte detta. Facilitatorn kan ändra eller avsluta delen.",
  "refused.readOnly": "Tavlan är pausad. Facilitatorn kan fortsätta redigeringen.",
  "refused.author": "Den som gjorde ändringen stämde inte. Gör ändringen på nytt.",
  "refused.replaced": "Objektet fanns redan. Gör ändringen på nytt.",
  "refused.client": "Den här fliken hör till en annan person. Ladda om sidan.",
  "refused.quarantined": "Ändringen orsakade ett fel och lades åt sidan för utredning.",
  "refused.retired": "Tavlan fick en ny version innan ändringen hann sparas. Gör den igen om den fortfarande behövs.",
  "refused.other": "Servern tog inte emot ändringen.",

  "problem.notFound": "Detta hittas inte, eller så har du inte rätt till det.",
  "problem.unauthorized": "Du är inte inloggad. Öppna din inbjudningslänk på nytt.",
  "problem.forbidden": "Du har inte rätt till detta. Fråga facilitatorn.",
  "problem.origin": "Begäran kom från fel adress. Öppna tjänsten på dess egen adress.",
  "problem.invite":
    "Inbjudningslänken har gått ut, är förbrukad, har återkallats eller är ofullständig. Be om en ny länk.",
  "problem.name": "Namnet saknas eller är för långt.",
  "problem.tooMany": "För många försök. Vänta en minut och försök igen.",
  "problem.tooBig": "Filen eller begäran är för stor.",
  "problem.badRequest": "Servern förstod inte begäran. Ladda om sidan.",
  "problem.conflict": "Någon annan hann ändra samma sak. Försök igen.",
  "problem.notNow": "Detta går inte nu: tavlan är pausad, eller den pågående delen av workshoppen tillåter inte detta.",
  "problem.inUse": "Detta används på annat håll i workshopserien. Ta först bort hänvisningarna till det.",
  "problem.needed": "Serien behöver den här personen. Överlåt först ledningen eller lägg till en annan ägare.",
  "problem.limit": "Det finns redan så många av dessa som det kan finnas.",
  "problem.storage": "Servern kan inte spara just nu. Försök igen om en stund.",
  "problem.internal": "Ett fel inträffade på servern. Försök igen om en stund.",
  "problem.badFile": "Filen är inte en giltig tavla. Välj en fil som exporterats från Jalostamo.",
  "problem.unavailable": "Servern är tillfälligt ur bruk. Försök snart igen.",
  "problem.tooSlow": "Sändningen tog för lång tid. Kontrollera nätverket och försök igen.",
  "problem.unreadable": "Serverns svar kunde inte läsas. Ladda om sidan.",
  "problem.offline": "Servern kan inte nås. Kontrollera nätverket och försök igen.",
  "problem.other": "Något gick fel. Försök igen. Berätta för facilitatorn om felet upprepas.",

  "problem.organisationInUse":
    "Organisationen används: den äger serien eller en utmaning eller har föreslagit en utmaning. Byt ut den där först.",

  "problem.export": "Filen kunde inte skapas. Försök igen. Om felet upprepas, prova ett annat format.",
  "problem.exportsTooMany": "Du har redan tre exporter på gång. Vänta en stund och försök igen.",
  "problem.snapshotsLimit": "Tavlan har redan 200 ögonblicksbilder. Ta bort en gammal först.",

  "refused.partNamed": "Delen ”{part}” tillåter inte detta. Facilitatorn kan ändra delen eller avsluta den.",
} as const;
