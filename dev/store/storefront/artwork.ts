import type { Product } from "../catalog/model";

type Colors = { main: string; detail: string };
type Shape = (colors: Colors) => string;

/** A product's picture: drawn, so that nothing has to be downloaded. */
export function artwork({ shape, colors: [background, main, detail] }: Product): string {
  const draw = SHAPES[shape];
  if (!draw) throw new Error(`nobody has drawn a "${shape}" yet`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">
<rect width="400" height="400" fill="${background}"/>
<circle cx="200" cy="190" r="150" fill="#fff" opacity=".38"/>
<ellipse cx="200" cy="332" rx="118" ry="14" fill="#000" opacity=".09"/>
<g stroke-linecap="round" stroke-linejoin="round">${draw({ main, detail })}</g></svg>`;
}

const line = (path: string, color: string, width = 8) =>
  `<path d="${path}" fill="none" stroke="${color}" stroke-width="${width}"/>`;
const fill = (path: string, color: string, opacity = 1) =>
  `<path d="${path}" fill="${color}" opacity="${opacity}"/>`;
const box = (x: number, y: number, width: number, height: number, radius: number, color: string) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${color}"/>`;
const round = (x: number, y: number, radius: number, color: string) =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${color}"/>`;
const shade = (path: string) => fill(path, "#000", 0.12);

const SHAPES: Record<string, Shape> = {
  tent: ({ main, detail }) =>
    fill("M200 110 L330 328 H70 Z", main) +
    shade("M200 110 L330 328 H238 Z") +
    fill("M200 170 L250 328 H150 Z", detail) +
    fill("M200 170 L200 328 H150 Z", "#fff", 0.22) +
    line("M200 110 L188 90 M200 110 L212 90", detail, 6) +
    line("M70 328 L48 336 M330 328 L352 336", detail, 5),
  chair: ({ main, detail }) =>
    fill("M132 120 H268 L258 232 H142 Z", main) +
    shade("M200 120 H268 L258 232 H200 Z") +
    fill("M128 232 H272 L284 258 H116 Z", detail) +
    line("M140 258 L250 330 M260 258 L150 330 M132 120 L142 232 M268 120 L258 232", detail, 9),
  compass: ({ main, detail }) =>
    `<circle cx="200" cy="206" r="108" fill="${main}"/><circle cx="200" cy="206" r="84" fill="#fff"/>` +
    fill("M200 136 L222 206 H178 Z", detail) +
    fill("M200 276 L178 206 H222 Z", main, 0.5) +
    line("M200 98 V74 M184 74 H216", main, 10),
  mat: ({ main, detail }) =>
    fill("M86 250 L244 250 Q300 250 300 200 Q300 150 250 150 Q206 150 206 192 L86 192 Z", main) +
    line(
      "M250 150 Q282 150 282 196 Q282 226 252 226 Q228 226 228 200 Q228 184 246 184",
      detail,
      7,
    ) +
    line("M120 192 V250 M160 192 V250", detail, 7),
  poles: ({ main, detail }) =>
    line("M150 92 L126 330 M250 92 L274 330", main, 11) +
    line("M152 86 L148 138 M248 86 L252 138", detail, 20) +
    line("M112 306 H142 M258 306 H288", detail, 8),
  shirt: ({ main, detail }) =>
    fill("M150 96 L96 134 L118 190 L142 176 V320 H258 V176 L282 190 L304 134 L250 96 Z", main) +
    shade("M200 120 H250 L304 134 L282 190 L258 176 V320 H200 Z") +
    line("M150 96 Q200 150 250 96", detail, 9) +
    line("M142 176 V206 M258 176 V206", detail, 6),
  bag: ({ main, detail }) =>
    fill(
      "M140 130 Q140 78 200 78 Q260 78 260 130 L272 300 Q272 330 200 330 Q128 330 128 300Z",
      main,
    ) +
    fill("M160 136 Q160 104 200 104 Q240 104 240 136 Q240 168 200 168 Q160 168 160 136Z", detail) +
    shade("M214 330 Q272 328 272 300 L264 180 Q250 280 214 330Z") +
    line("M138 200 H262 M134 240 H266 M131 280 H269", "#ffffff55", 4) +
    line("M200 168 V322", detail, 4),
  lantern: ({ main, detail }) =>
    line("M160 128 Q200 56 240 128", main, 8) +
    box(146, 126, 108, 30, 10, main) +
    box(156, 156, 88, 116, 6, "#fffdf2") +
    round(200, 214, 34, detail) +
    round(200, 214, 56, `${detail}44`) +
    line("M172 156 V272 M228 156 V272", main, 5) +
    box(140, 270, 120, 58, 14, main) +
    round(200, 299, 10, detail),
  pack: ({ main, detail }) =>
    line("M170 92 Q200 60 230 92", detail, 9) +
    box(122, 88, 156, 242, 44, main) +
    shade("M236 88 Q278 92 278 132 V286 Q278 328 236 330Z") +
    fill("M122 130 Q122 88 166 88 H234 Q278 88 278 130 V160 Q200 196 122 160Z", "#fff", 0.2) +
    box(146, 218, 108, 84, 18, "#0000001f") +
    line("M152 240 H248", detail, 6) +
    line("M200 160 V190", detail, 8) +
    line("M122 200 Q104 240 118 290 M278 200 Q296 240 282 290", main, 10),
  boot: ({ main, detail }) =>
    fill("M132 96 H220 L226 196 Q292 214 318 244 Q334 262 330 292 H112 Q110 190 132 96Z", main) +
    shade("M226 196 Q292 214 318 244 Q334 262 330 292 H260 Q250 240 226 196Z") +
    box(104, 288, 232, 34, 12, detail) +
    line("M126 322 v8 M160 322 v8 M194 322 v8 M228 322 v8 M262 322 v8 M296 322 v8", detail, 12) +
    line("M182 132 L214 127 M184 158 L216 153 M186 184 L218 179", "#f5ead9", 6) +
    line("M132 104 H220", detail, 10),
  jacket: ({ main, detail }) =>
    fill(
      "M156 106 L96 140 L72 290 L116 300 L134 214 V330 H266 V214 L284 300 L328 290 L304 140 L244 106Z",
      main,
    ) +
    shade("M200 120 H244 L304 140 L328 290 L284 300 L266 214 V330 H200Z") +
    fill("M156 106 Q160 62 200 62 Q240 62 244 106 L200 142Z", detail) +
    line("M200 142 V326", "#fff", 5) +
    line("M150 256 L180 248 M250 256 L220 248", detail, 6),
  bottle: ({ main, detail }) =>
    line("M184 82 Q200 54 216 82", detail, 8) +
    box(170, 78, 60, 42, 10, detail) +
    fill(
      "M166 120 H234 Q264 142 264 178 V304 Q264 330 238 330 H162 Q136 330 136 304 V178 Q136 142 166 120Z",
      main,
    ) +
    shade("M222 120 H234 Q264 142 264 178 V304 Q264 330 238 330 H216 Q236 240 222 120Z") +
    line("M160 186 V270", "#ffffff77", 9) +
    fill("M180 262 L200 226 L220 262Z", "#fff", 0.85),
  book: ({ main, detail }) =>
    box(126, 82, 152, 244, 12, main) +
    shade("M126 94 Q126 82 138 82 H150 V326 H138 Q126 326 126 314Z") +
    box(172, 132, 86, 52, 6, detail) +
    line("M186 150 H244 M186 166 H226", main, 4) +
    box(258, 82, 10, 244, 0, "#00000026") +
    fill("M292 96 h14 v190 l-7 22 -7 -22Z", detail) +
    fill("M292 286 h14 l-7 22Z", "#3b2f26"),
  mug: ({ main, detail }) =>
    line("M268 170 Q334 168 330 222 Q326 272 262 270", main, 22) +
    fill("M116 138 H276 V288 Q276 328 236 328 H156 Q116 328 116 288Z", main) +
    shade("M240 138 H276 V288 Q276 328 236 328 H206 Q244 300 240 138Z") +
    line("M116 142 H276", detail, 10) +
    line(
      "M160 108 Q148 92 160 76 T160 44 M200 108 Q188 92 200 76 T200 44 M240 108 Q228 92 240 76 T240 44",
      "#ffffffcc",
      6,
    ),
  stove: ({ main, detail }) =>
    fill("M150 250 H250 V312 Q250 328 234 328 H166 Q150 328 150 312Z", main) +
    box(142, 236, 116, 22, 8, "#2b3338") +
    line("M200 236 V190", main, 16) +
    box(150, 176, 100, 18, 8, "#2b3338") +
    line("M132 150 L156 178 M268 150 L244 178", main, 8) +
    fill("M200 84 Q246 128 226 168 H174 Q154 128 200 84Z", detail) +
    fill("M200 120 Q222 144 212 168 H188 Q178 144 200 120Z", "#ffd98a"),
  pot: ({ main, detail }) =>
    line("M112 200 Q84 206 92 236 M288 200 Q316 206 308 236", detail, 10) +
    fill("M108 178 H292 V292 Q292 328 256 328 H144 Q108 328 108 292Z", main) +
    shade("M250 178 H292 V292 Q292 328 256 328 H226 Q258 280 250 178Z") +
    fill("M98 178 Q104 132 200 132 Q296 132 302 178Z", detail) +
    line("M184 128 Q200 108 216 128", detail, 9) +
    line("M136 216 V286", "#ffffff55", 8),
  card: ({ main, detail }) =>
    `<g transform="rotate(-8 200 210)">${
      box(84, 136, 232, 150, 18, main) +
      shade("M84 230 L316 170 V268 Q316 286 298 286 H102 Q84 286 84 268Z") +
      line("M84 210 H316", detail, 14) +
      line("M150 136 V286", detail, 14) +
      fill("M150 208 Q104 160 130 152 Q150 150 150 208 Q150 150 172 152 Q196 160 150 208Z", detail)
    }</g>`,
  tin: ({ main, detail }) =>
    box(126, 128, 148, 202, 14, main) +
    shade("M232 128 H260 Q274 128 274 142 V316 Q274 330 260 330 H232Z") +
    box(118, 92, 164, 46, 12, detail) +
    box(150, 182, 100, 96, 8, "#fffaf0") +
    fill("M200 200 Q236 214 200 262 Q164 214 200 200Z", main) +
    line("M200 210 V258", "#fffaf0", 4),
  pouch: ({ main, detail }) =>
    fill("M132 104 H268 L284 318 Q284 330 270 330 H130 Q116 330 116 318Z", main) +
    shade("M236 104 H268 L284 318 Q284 330 270 330 H236Z") +
    box(126, 82, 148, 30, 6, detail) +
    line("M136 124 H264", "#ffffff88", 4) +
    round(200, 224, 54, detail) +
    fill("M170 248 Q172 196 232 196 Q230 250 170 248Z", main),
  leaf: ({ main, detail }) =>
    fill("M200 316 Q90 250 140 96 Q250 150 200 316Z", main) +
    fill("M206 316 Q184 200 292 140 Q330 262 206 316Z", detail) +
    line("M200 316 Q176 210 146 118", "#ffffff88", 5) +
    line("M206 314 Q232 222 284 156", "#ffffff66", 5) +
    line("M202 312 V338", detail, 9),
  bowl: ({ main, detail }) =>
    fill("M92 180 H308 Q304 314 226 318 H174 Q96 314 92 180Z", detail) +
    `<ellipse cx="200" cy="180" rx="108" ry="34" fill="${main}"/>` +
    `<ellipse cx="200" cy="180" rx="108" ry="34" fill="none" stroke="${detail}" stroke-width="9"/>` +
    line("M150 178 Q176 166 200 178 T250 178", "#ffffff77", 5) +
    box(164, 312, 72, 18, 6, detail) +
    line("M122 226 Q132 270 158 292", "#ffffff44", 8),
  teapot: ({ main, detail }) =>
    line("M268 206 Q340 180 330 240 Q322 286 262 282", main, 18) +
    fill("M132 216 Q96 206 76 164 L98 156 Q116 186 146 190Z", main) +
    fill("M200 160 Q290 160 290 246 Q290 328 200 328 Q110 328 110 246 Q110 160 200 160Z", main) +
    shade("M230 164 Q290 176 290 246 Q290 328 200 328 Q262 290 230 164Z") +
    fill("M150 170 Q154 138 200 138 Q246 138 250 170 Q200 186 150 170Z", detail) +
    round(200, 126, 15, detail) +
    line("M140 232 Q138 268 160 294", "#ffffff66", 8),
  whisk: ({ main, detail }) =>
    box(178, 70, 44, 116, 12, detail) +
    line("M182 104 H218 M182 120 H218", "#ffffff55", 4) +
    fill("M176 186 H224 Q286 250 262 328 H138 Q114 250 176 186Z", main) +
    line(
      "M184 190 Q140 256 152 326 M194 190 Q170 256 176 326 M206 190 Q230 256 224 326 M216 190 Q260 256 248 326",
      detail,
      4,
    ) +
    line("M172 192 H228", detail, 8),
};
