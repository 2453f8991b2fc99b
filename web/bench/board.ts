// Boards to measure and to look at: one of a size, one as a workshop leaves it. Know no DOM.

import * as Y from "yjs";
import type { BoardModel, Writer } from "../src/model/board.ts";
import { createBoardModel } from "../src/model/model.ts";
import type { Color, ObjectId } from "../src/model/types.ts";

const PERSON = "p_01JAAAAAAAAAAAAAAAAAAAAAAA";
const COLORS: readonly Color[] = ["yellow", "green", "blue", "pink", "violet", "orange", "grey", "white"];
const TEXTS = [
  "Hakemus saapuu",
  "Asiakas soittaa kolmelle luukulle saman asian vuoksi",
  "Tieto ei kulje",
  "Päätös annetaan kahdessa viikossa",
  "Kuka omistaa asian, kun kolme viranomaista käsittelee sitä yhtä aikaa?",
  "Yhteinen lomake",
];

/** `count` notes in a field, every third joined to the next. */
export function largeBoard(count: number): BoardModel {
  const model = createBoardModel(new Y.Doc(), PERSON);
  const columns = Math.ceil(Math.sqrt(count * 1.6));
  model.write((writer) => {
    let before: ObjectId | undefined;
    for (let index = 0; index < count; index += 1) {
      const at = [(index % columns) * 240, Math.floor(index / columns) * 180];
      const color = COLORS[(index * 7) % COLORS.length];
      const id = writer.addItem("note", { at, size: [200, 130], color }, `${TEXTS[index % TEXTS.length]} ${index}`);
      if (before !== undefined && index % 3 === 1) writer.addLink("sequence", before, id);
      before = id;
    }
  });
  return model;
}

/** Three lanes, a process, its obstacles and what follows from them. */
export function workshopBoard(): BoardModel {
  const model = createBoardModel(new Y.Doc(), PERSON);
  model.write((writer) => {
    const lane = (text: string, y: number, laneKind: string, org = ""): ObjectId =>
      writer.addItem("lane", { at: [0, y], size: [1640, 210], laneKind, ...(org === "" ? {} : { org }) }, text);
    const customer = lane("Asiakas", 0, "customer");
    const city = lane("Kunta", 210, "organisation", "Sosiaalitoimi");
    const kela = lane("Kela", 420, "organisation", "Etuuskäsittely");
    const step = stepMaker(writer);
    const start = step(customer, "start", [96, 75], "Tarve syntyy");
    const apply = step(customer, "task", [230, 62], "Hakee toimeentulotukea", { customerContact: true });
    const receive = step(kela, "task", [470, 62], "Vastaanottaa hakemuksen", { system: "Oiwa" });
    const enough = step(kela, "decision", [720, 55], "Tiedot riittävät?");
    const wait = step(customer, "wait", [720, 62], "Odottaa lisätietopyyntöä");
    const fees = step(city, "task", [980, 62], "Tarkistaa asiakasmaksut", { system: "Effica" });
    const decide = step(kela, "task", [1190, 62], "Ratkaisee hakemuksen", { customerContact: true });
    const end = step(customer, "end", [1480, 75], "Tuki maksettu");
    const arrow = (
      from: ObjectId,
      to: ObjectId,
      kind: "sequence" | "information" | "customerMove",
      text = "",
    ): void => {
      const id = writer.addLink(kind, from, to);
      if (text !== "") writer.setText(id, text);
    };
    arrow(start, apply, "sequence");
    arrow(apply, receive, "customerMove");
    arrow(receive, enough, "sequence");
    arrow(enough, wait, "customerMove");
    arrow(enough, fees, "information", "ei");
    arrow(fees, decide, "information");
    arrow(enough, decide, "sequence", "kyllä");
    arrow(decide, end, "customerMove");
    const slow = writer.addItem(
      "obstacle",
      { at: [0, 0], severity: 3, types: ["informationFlow"] },
      "Maksutieto tulee paperilla",
    );
    writer.addLink("pin", slow, fees, { offset: [40, 74] });
    writer.addItem(
      "obstacle",
      { at: [40, 690], size: [240, 140], severity: 4, types: ["legislation", "informationSystem"] },
      "Järjestelmät eivät keskustele: sama tieto kysytään asiakkaalta kolmesti",
    );
    writer.addItem(
      "cooperation",
      { at: [310, 690], size: [240, 140], cooperationKind: "sharedData", orgs: "Kunta, Kela" },
      "Yhteinen näkymä asiakkaan maksuihin",
    );
    writer.addItem(
      "nextStep",
      { at: [580, 690], size: [270, 140], status: "agreed", ownerOrg: "Kela", due: "2027-01-31" },
      "Kokeillaan yhteistä maksutietojen rajapintaa kahdessa kunnassa",
    );
    const notes = [
      "Kuka kertoo asiakkaalle, missä hakemus on?",
      "Sama liite kolmeen kertaan",
      "Puhelinjono 40 min",
      "Mitä jos tieto kulkisi luvalla?",
    ];
    notes.forEach((text, index) => {
      writer.addItem(
        "note",
        {
          at: [890 + (index % 2) * 220, 690 + Math.floor(index / 2) * 150],
          size: [200, 130],
          color: COLORS[index] ?? "yellow",
        },
        text,
      );
    });
  });
  return model;
}

function stepMaker(writer: Writer) {
  return (
    parent: ObjectId,
    stepKind: string,
    at: readonly [number, number],
    text: string,
    more: object = {},
  ): ObjectId => {
    const size =
      stepKind === "start" || stepKind === "end" ? [60, 60] : stepKind === "decision" ? [180, 100] : [176, 86];
    return writer.addItem("step", { parent, stepKind, at, size, ...more }, text);
  };
}
