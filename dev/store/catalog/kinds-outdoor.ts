import type { Kind, Option, Range } from "./kind";
import { color, TO_USE } from "./kinds-camp";

const size: Option = { name: "Size", values: ["XS", "S", "M", "L", "XL"], atMost: 4 };

const TO_WEAR_AND_CARRY: readonly Kind[] = [
  {
    type: "Tents",
    shape: "tent",
    vendors: ["Northwind", "Halvard", "Peak & Pine"],
    collections: ["Shelter and sleep", "Family camping"],
    share: 7,
    traits: ["one-person", "two-person", "three-person", "four-season", "family", "ultralight"],
    nouns: ["tent", "tunnel tent", "dome tent"],
    praise: [
      "Pitches in a few minutes, even in the dark.",
      "The groundsheet is stitched in and welded at the corners.",
      "Poles of aluminium, pegs included, nothing to buy afterwards.",
      "Two doors, so that nobody climbs over anybody.",
    ],
    price: [17_900, 64_900],
    options: [color(2)],
    tags: ["camping", "shelter", "overnight"],
  },
  {
    type: "Sleeping bags",
    shape: "bag",
    vendors: ["Northwind", "Dunlin", "Halvard"],
    collections: ["Shelter and sleep", "Winter"],
    share: 7,
    traits: ["summer", "three-season", "winter", "down", "wool-lined", "junior"],
    nouns: ["sleeping bag", "quilt"],
    praise: [
      "Packs to the size of a loaf.",
      "The zip has a guard on both sides and never catches.",
      "Warm where it has to be, light everywhere else.",
      "The lining can be washed at forty degrees.",
    ],
    price: [8_900, 39_900],
    options: [
      { name: "Length", values: ["Regular", "Long"], atMost: 2, surcharge: 0.08 },
      color(2),
    ],
    tags: ["camping", "sleep", "overnight"],
  },
  {
    type: "Sleeping mats",
    shape: "mat",
    vendors: ["Dunlin", "Northwind", "Tarn"],
    collections: ["Shelter and sleep", "Family camping"],
    share: 6,
    traits: ["foam", "self-inflating", "insulated", "ultralight", "double"],
    nouns: ["sleeping mat", "pad"],
    praise: [
      "Quiet at night: the chambers are lined with cloth.",
      "Blown up in twelve breaths.",
      "A repair kit lies in the pocket of the sack.",
      "Keeps the cold of the ground where it belongs.",
    ],
    price: [3_900, 18_900],
    options: [{ name: "Length", values: ["Regular", "Long"], atMost: 2, surcharge: 0.1 }],
    tags: ["camping", "sleep", "overnight"],
  },
  {
    type: "Backpacks",
    shape: "pack",
    vendors: ["Northwind", "Corrie", "Peak & Pine", "Halvard"],
    collections: ["On the trail", "Commute and travel"],
    share: 9,
    traits: ["18", "24", "32", "45", "60", "roll-top"],
    nouns: ["backpack", "daypack", "trekking pack"],
    praise: [
      "A frame that carries, pockets where hands go.",
      "The rain cover hides in the bottom.",
      "Cloth from recycled yarn, seams that have been taped.",
      "A laptop fits in during the week.",
    ],
    price: [5_900, 27_900],
    options: [{ name: "Back", values: ["S/M", "M/L"], atMost: 2 }, color(3)],
    tags: ["hiking", "carry", "travel"],
  },
  {
    type: "Footwear",
    shape: "boot",
    vendors: ["Cairn Works", "Northwind", "Sorvik"],
    collections: ["On the trail", "Winter"],
    share: 9,
    traits: ["low", "mid", "leather", "waterproof", "trail", "winter"],
    nouns: ["hiking boots", "trail shoes", "boots"],
    praise: [
      "A sole that can be replaced.",
      "Asks for no breaking in.",
      "Grips on wet rock and lets go of mud.",
      "Stitched, then glued, then stitched again.",
    ],
    price: [8_900, 28_900],
    options: [
      { name: "Size", values: ["37", "38", "39", "40", "41", "42", "43", "44", "45"], atMost: 7 },
    ],
    tags: ["hiking", "shoes", "wear"],
  },
  {
    type: "Jackets",
    shape: "jacket",
    vendors: ["Northwind", "Sorvik", "Peak & Pine"],
    collections: ["Clothing", "Winter"],
    share: 9,
    traits: ["rain", "wind", "down", "softshell", "insulated", "three-layer"],
    nouns: ["jacket", "anorak", "parka"],
    praise: [
      "The hood turns with the head.",
      "Dry after an hour in the rain, and not only on the outside.",
      "Pockets that a hip belt leaves free.",
      "Packs into its own sleeve.",
    ],
    price: [8_900, 44_900],
    options: [size, color(3)],
    tags: ["clothing", "weather", "wear"],
  },
  {
    type: "Base layers",
    shape: "shirt",
    vendors: ["Dunlin", "Sorvik", "Northwind"],
    collections: ["Clothing", "On the trail"],
    share: 8,
    traits: ["merino", "light", "mid-weight", "long-sleeved", "half-zip"],
    nouns: ["base layer", "shirt", "tights"],
    praise: [
      "Wool of 18 microns: soft from the first day.",
      "Worn for three days before anyone notices.",
      "Flat seams where straps lie.",
      "Knitted and sewn in one town.",
    ],
    price: [3_900, 12_900],
    options: [size, color(3)],
    tags: ["clothing", "merino", "wear"],
  },
];

export const OUTDOOR: Range = {
  firstId: 810_000_100_000,
  barcodes: "4260",
  names: [
    ..."Alder Arran Aspen Auk Bracken Brae Brant Burn Cedar Clova Coire Curlew Dale Dipper".split(
      " ",
    ),
    ..."Drift Eider Elm Fell Fen Firth Fjord Foss Gannet Glen Gorse Grouse Harrier Haze Heath".split(
      " ",
    ),
    ..."Heron Hollow Isle Juniper Kestrel Knoll Larch Ling Loch Lomond Marten Merlin Moor Ness".split(
      " ",
    ),
    ..."Osprey Otter Petrel Pike Plover Quill Raven Reed Rill Rowan Sedge Skarn Skerry Skua".split(
      " ",
    ),
    ..."Sorrel Stoat Swale Tarnside Tern Thorn Torrin Umber Vale Wick Willow Wren Yarrow Zephyr".split(
      " ",
    ),
  ],
  kinds: [...TO_WEAR_AND_CARRY, ...TO_USE],
};
