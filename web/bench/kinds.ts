// A board with every kind of item and line in it, to be looked at. Knows no DOM.

import * as Y from "yjs";
import type { BoardModel, Fields } from "../src/model/board.ts";
import { createBoardModel } from "../src/model/model.ts";
import type { ItemKind, LinkKind, ObjectId } from "../src/model/types.ts";

const PERSON = "p_01JAAAAAAAAAAAAAAAAAAAAAAA";

export function kindsBoard(): BoardModel {
  const model = createBoardModel(new Y.Doc(), PERSON);
  model.write((writer) => {
    const put = (kind: ItemKind, text: string, at: readonly [number, number], more: Fields = {}): ObjectId =>
      writer.addItem(kind, { at, ...more }, text);
    const join = (kind: LinkKind, from: ObjectId, to: ObjectId, text = "", more: Fields = {}): ObjectId => {
      const id = writer.addLink(kind, from, to, more);
      if (text !== "") writer.setText(id, text);
      return id;
    };
    const map = put("frame", "Nykytila: hakemuksen matka", [0, 0], {
      size: [1640, 860],
      purpose: "Tehdään prosessi näkyväksi",
      instruction: "Lisää työvaiheet oman toimijasi radalle ja yhdistä ne nuolilla.",
      layout: "lanes",
    });
    const lane = (text: string, y: number, laneKind: string, org = ""): ObjectId =>
      put("lane", text, [24, y], { size: [1592, 180], laneKind, org, parent: map });
    const customer = lane("Asiakas", 76, "customer");
    const city = lane("Kunta", 256, "organisation", "Sosiaalitoimi");
    const kela = lane("Kela", 436, "organisation", "Etuuskäsittely");
    const network = lane("Välittäjät", 616, "network");
    const step = (parent: ObjectId, x: number, stepKind: string, text: string, more: Fields = {}): ObjectId => {
      const size =
        stepKind === "start" || stepKind === "end" ? [60, 60] : stepKind === "decision" ? [190, 100] : [200, 96];
      return put("step", text, [x, (180 - (size[1] ?? 0)) / 2], { parent, stepKind, size, ...more });
    };
    const start = step(customer, 90, "start", "Tarve syntyy");
    const apply = step(customer, 230, "task", "Hakee toimeentulotukea", {
      customerContact: true,
      channel: "online",
      duration: "2 h",
    });
    const wait = step(customer, 820, "wait", "Odottaa päätöstä", { duration: "3 viikkoa" });
    const end = step(customer, 1480, "end", "Tuki maksettu");
    const receive = step(kela, 500, "task", "Ottaa hakemuksen vastaan", { system: "Oiwa" });
    const enough = step(kela, 780, "decision", "Tiedot riittävät?");
    const decide = step(kela, 1240, "task", "Ratkaisee hakemuksen", { customerContact: true, channel: "letter" });
    const fees = step(city, 1000, "subprocess", "Selvittää asiakasmaksut", {
      system: "Effica",
      channel: "phone",
      duration: "5 pv",
    });
    const helps = step(network, 500, "task", "Neuvoo lomakkeissa", { customerContact: true, channel: "inPerson" });
    join("sequence", start, apply);
    join("customerMove", apply, receive, "", { fromSide: "bottom", toSide: "top" });
    join("sequence", receive, enough);
    const missing = join("information", enough, fees, "ei", { condition: "maksut puuttuvat", data: "maksutiedot" });
    join("information", fees, decide, "", { data: "selvitys" });
    join("sequence", enough, decide, "kyllä");
    join("customerMove", decide, end);
    join("customerMove", apply, helps);
    const pin = (id: ObjectId, to: ObjectId, offset: readonly [number, number]): ObjectId =>
      join("pin", id, to, "", { offset });
    const paper = put("obstacle", "Maksutieto tulee paperilla", [0, 0], {
      severity: 3,
      size: [190, 84],
      types: ["informationFlow"],
    });
    pin(paper, fees, [180, 60]);
    pin(
      put("bottleneck", "Yksi käsittelijä", [0, 0], { waitTime: "3 vk", queue: "120 hakemusta", size: [190, 84] }),
      receive,
      [-20, 84],
    );
    const tethered = put("bottleneck", "Tieto kysytään postitse", [560, 270], {
      waitTime: "10 pv",
      size: [200, 96],
      cause: "ei sähköistä kanavaa",
      parent: map,
    });
    join("pin", tethered, missing);
    const pain = put("painPoint", "En tiedä, missä hakemus on", [1100, 110], {
      severity: 4,
      size: [200, 90],
      parent: map,
    });
    join("relation", pain, paper);

    const solve = put("frame", "Esteistä ideoihin", [1720, 0], {
      size: [1100, 860],
      purpose: "Jokaiseen esteeseen vastaus",
      instruction: "Ryhmitelkää, kysykää ja valitkaa.",
    });
    const group = put("group", "Tieto ei kulje", [30, 90], { parent: solve, size: [500, 360], color: "pink" });
    const law = put("obstacle", "Lupaa tietojen luovuttamiseen ei ole", [20, 50], {
      parent: group,
      severity: 4,
      size: [220, 120],
      types: ["legislation", "dataProtection"],
    });
    put("note", "Sama liite kolmeen kertaan", [260, 50], { parent: group, size: [200, 120] });
    const why = put("question", "Miksi maksutieto pitää todistaa paperilla?", [20, 190], {
      parent: group,
      size: [220, 140],
      assumption: "laki vaatii",
    });
    put("painPoint", "Selitän saman kolmelle", [260, 200], { parent: group, size: [200, 100], severity: 2 });
    join("relation", why, law);
    const plain = put("group", "Ideat", [560, 90], { parent: solve, size: [510, 360] });
    const idea = put("idea", "Yhteinen näkymä asiakkaan maksuihin", [20, 50], {
      parent: plain,
      size: [220, 130],
      ideaState: "chosen",
      impact: 4,
      effort: 2,
    });
    put("idea", "Valtakirja kerralla", [260, 50], {
      parent: plain,
      size: [220, 130],
      customerBenefit: "Yksi käynti riittää",
    });
    put("insight", "Kaikki kysyvät samaa, koska kukaan ei näe toisen vastausta", [20, 200], {
      parent: plain,
      size: [220, 130],
    });
    put("cooperation", "Kuntien ja Kelan yhteinen rajapinta", [260, 200], {
      parent: plain,
      size: [220, 130],
      cooperationKind: "sharedData",
      orgs: "Kunta, Kela",
    });
    join("relation", idea, law);
    const next = put("nextStep", "Kokeillaan rajapintaa kahdessa kunnassa", [30, 480], {
      parent: solve,
      size: [260, 140],
      status: "agreed",
      ownerOrg: "Kela",
      due: "2027-01-31",
    });
    join("relation", law, next);
    const proof = put("evidence", "14 haastatellusta 11 haki liitteitä useasta paikasta", [320, 480], {
      parent: solve,
      size: [240, 140],
      evidenceKind: "interview",
      source: "Asiakashaastattelut",
      date: "2026-05-12",
    });
    join("relation", proof, pain);
    put("term", "Asiakasmaksu", [590, 480], {
      parent: solve,
      size: [240, 140],
      meaning: "Maksu, jonka kunta perii palvelusta ja jonka Kela ottaa huomioon.",
      agreed: true,
      synonyms: "palvelumaksu",
    });
    put("question", "Kenen sääntö tämä on?", [850, 480], {
      parent: solve,
      size: [220, 140],
      questionState: "answered",
      answer: "Kelan ohje 12/2019",
    });
    put("goal", "Asiakas kertoo tilanteensa yhden kerran, ja kaikki näkevät sen luvalla", [30, 650], {
      parent: solve,
      size: [640, 170],
      version: 2,
      agreedBy: ["org_01JAAAAAAAAAAAAAAAAAAAAAAA", "org_01JBBBBBBBBBBBBBBBBBBBBBBB"],
    });
    put("note", "هذا نص من اليمين إلى اليسار abc", [700, 650], { parent: solve, size: [200, 120], color: "blue" });
    put("step", "שלום עולם (1)", [930, 660], { parent: solve, size: [150, 80] });
    put("frame", "Vaikutus ja vaiva", [0, 920], {
      size: [700, 520],
      layout: "matrix",
      purpose: "Vaikutus ylöspäin, vaiva oikealle",
    });
    put("frame", "", [760, 920], { size: [500, 300] });
    put("group", "", [800, 1010], { size: [300, 160], color: "blue" });
    put("term", "Asiakas", [1300, 920], {});
    put("bottleneck", "", [1300, 1060], {});
    put("evidence", "Kysely", [1300, 1160], { evidenceKind: "survey", color: "green" });
    put("goal", "Sama tavoite", [1560, 920], { color: "yellow" });
    put("step", "Vanha vaihe", [1560, 1120], { stepKind: "subprocess", color: "violet" });
  });
  return model;
}
