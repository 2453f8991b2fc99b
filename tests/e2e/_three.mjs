import { open } from "./_try.mjs";
import fs from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
const shot=(page,n)=>page.screenshot({path:`/tmp/edshots/${n}.png`});
async function axe(page,n){ const r=await new AxeBuilder({page}).analyze(); console.log("axe",n,r.violations.length, JSON.stringify(r.violations.map(v=>[v.id,v.nodes.map(x=>x.html.slice(0,160)+" :: "+x.failureSummary?.slice(0,200))]))); }
for (const [w,h,theme] of [[1440,900,"light"],[640,600,"dark"],[320,640,"light"]]) {
  const n=`${w}${theme}`;
  const {browser,page} = await open("",{w,h,theme});
  await page.goto("http://localhost:4711/");
  await page.waitForTimeout(800);
  const b=await page.evaluate(async()=>{const r=await fetch("/api/boards",{method:"POST",headers:{"content-type":"application/json"},body:JSON.stringify({title:"Koe",content:"empty"})});return await r.json()});
  await page.evaluate(()=>localStorage.setItem("jalostamo.view","canvas"));
  await page.goto("http://localhost:4711/board/"+b.id);
  await page.locator("section.card").waitFor();
  await page.waitForTimeout(800);
  await shot(page,n+"-empty"); await axe(page,n+"-empty");
  await page.locator("section.card button").first().click();
  await page.keyboard.type("Hakemus tulee");
  await page.keyboard.press("Escape");
  await page.locator("section.card .primary").click();
  await page.keyboard.type("Käsittely");
  await page.keyboard.press("Escape");
  await page.waitForTimeout(300);
  await shot(page,n+"-step"); await axe(page,n+"-step");
  await page.locator("section.card .primary").click();
  for (const p of ["n_","s_"]) { const e=page.locator(`[data-id^=${p}]`); const q=await e.boundingBox(); await page.mouse.click(q.x+q.width/2,q.y+q.height/2); await page.waitForTimeout(150);}
  await page.waitForTimeout(300);
  await shot(page,n+"-arrow");
  await page.keyboard.press("Control+k"); await page.waitForTimeout(300);
  await shot(page,n+"-palette"); await axe(page,n+"-palette");
  await page.keyboard.press("Escape");
  await page.getByRole("toolbar").getByRole("button",{name:/Lisää muita/}).click(); await page.waitForTimeout(300);
  await shot(page,n+"-more"); await axe(page,n+"-more");
  await page.keyboard.press("Escape");
  await page.getByRole("toolbar").locator("button.search").click(); await page.waitForTimeout(200);
  await page.keyboard.type("k"); await page.waitForTimeout(300);
  await shot(page,n+"-search"); await axe(page,n+"-search");
  await browser.close();
}
