import { chromium } from "playwright";
import fs from "node:fs";
const args=["--headless","--no-sandbox","--disable-gpu","--disable-quic","--no-first-run","--disable-background-networking","--disable-component-update","--disable-sync"];
export async function open(link, {w=1440,h=900,theme="light",lang="fi-FI"}={}) {
  const browser = await chromium.launch({executablePath:"/usr/bin/chromium", args});
  const stateFile="/tmp/edstate.json";
  const has = fs.existsSync(stateFile);
  const context = await browser.newContext({viewport:{width:w,height:h}, locale:lang, colorScheme:theme, permissions:["clipboard-read","clipboard-write"], ...(has?{storageState:stateFile}:{})});
  const page = await context.newPage();
  page.on("console", m=>{ if(m.type()==="error") console.log("CONSOLE", m.text().slice(0,300)); });
  page.on("pageerror", e=>console.log("PAGEERROR", e.stack?.slice(0,600)));
  if(!has){
    await page.goto(link);
    await page.getByRole("main").getByRole("textbox").fill("Aino");
    await page.getByRole("main").locator("form button").click();
    await page.waitForTimeout(2500);
    await context.storageState({path:stateFile});
  }
  return {browser, context, page};
}
