// Pulse and feedback: asked on the boards of all teams, answered once and without a name, shown from five answers on, and the trend.
import type { Page } from "@playwright/test";
import { both, clean, fits } from "./look.ts";
import { expect, join, type Person, test } from "./people.ts";
import { begin, boardOf, callAll, facilitate, workshop } from "./workshop.ts";

test.describe.configure({ timeout: 180_000 });

async function rate(page: Page, question: string, score: number): Promise<void> {
  await page.getByRole("dialog").getByRole("group", { name: question }).getByRole("radio", { name: `${score}` }).check();
}

test("five give feedback from two teams; the facilitator sees per cent and greetings, and nobody answers twice", async ({ owner, somebody, server }) => {
  const held = await workshop(server);
  await begin(server, held);
  await owner();
  const fanni = await somebody("Fanni");
  await facilitate(fanni, server, held);
  const people: Person[] = [];
  for (let at = 0; at < 5; at += 1) {
    const person = await somebody(`Member ${at}`, at === 4 ? { viewport: { width: 320, height: 640 } } : {});
    await join(person, await server.invite(boardOf(held, at % 2), "participant"));
    people.push(person);
  }
  const { page } = fanni;
  const control = page.getByRole("region", { name: "Feedback and pulse" });
  await page.getByRole("button", { name: "Votes", exact: true }).click();
  await control.getByRole("button", { name: "Open: Feedback on the workshop" }).click();
  await expect(control).toContainText("0 of 5 answered");

  const scores = [5, 4, 4, 5, 2];
  for (const [at, person] of people.entries()) {
    await person.page.getByRole("button", { name: "Answer", exact: true }).click();
    const dialog = person.page.getByRole("dialog", { name: "Feedback on the workshop" });
    await expect(dialog).toContainText("without your name");
    if (at === 0) {
      await dialog.getByRole("button", { name: "Send the answer" }).click();
      await expect(dialog).toContainText("Answer at least one question.");
      await both(person.page, "the form of feedback");
    }
    if (at === 4) await fits(person.page, "the form of feedback");
    await rate(person.page, "The workshop took our work forward", scores[at] ?? 0);
    await rate(person.page, "I stand behind our shared goal", 4);
    if (at === 1) await dialog.getByRole("textbox").fill("Kiitos kahvista");
    // By the keyboard.
    await dialog.getByRole("button", { name: "Send the answer" }).press("Enter");
    await expect(dialog).toHaveCount(0);
    await expect(person.page.getByRole("button", { name: "Answer", exact: true })).toHaveCount(0);
  }
  const [first] = people;
  await first?.page.reload();
  await expect(first?.page.getByRole("banner").first() ?? page).toContainText("Saved");
  await expect(first?.page.getByRole("button", { name: "Answer", exact: true }) ?? page).toHaveCount(0);

  await expect(control).toContainText("5 of 5 answered");
  await control.getByRole("button", { name: "Close: Feedback on the workshop" }).click();
  await control.getByRole("group", { name: "Close: Feedback on the workshop" }).getByRole("button", { name: "Close" }).click();
  await expect(control).toContainText("closed · 5 of 5 answered");
  await clean(page, "control of surveys", "aside");

  // The series: the trend, and what the facilitator may read.
  await callAll(server, held, { type: "openSurvey", workshop: held.workshop, survey: "start" });
  await page.goto(`${server.url}/series/${held.series}`);
  const feedback = page.getByRole("region", { name: "Feedback and pulse" });
  const row = feedback.getByRole("row").filter({ hasText: "Workshop 2" });
  await expect(row.getByRole("cell")).toHaveText(["–", "100%", "80%", "hidden", "hidden", "hidden", "5/5"]);
  await feedback.getByText("Open, close and results: Workshop 2").click();
  await expect(feedback).toContainText("Kiitos kahvista");
  await expect(feedback.getByRole("row").filter({ hasText: "took our work forward" }).last()).toContainText("80%");
  await both(page, "feedback of a series");
});
