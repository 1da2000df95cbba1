import { BlockList, isIP } from "node:net";

/** @see IANA's registries of special-purpose addresses */
const SPECIAL_V4 = [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"],
  ...["198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
];
/** Within 2000::/3, which is all that is given out; the first two carry other addresses inside. */
const SPECIAL_V6 = ["2001::/23", "2002::/16", "2001:db8::/32", "3fff::/20"];

const listOf = (blocks: readonly string[], family: "ipv4" | "ipv6"): BlockList => {
  const list = new BlockList();
  for (const block of blocks) {
    const [network = "", bits] = block.split("/");
    list.addSubnet(network, Number(bits), family);
  }
  return list;
};
const special4 = listOf(SPECIAL_V4, "ipv4");
const special6 = listOf(SPECIAL_V6, "ipv6");
const given6 = listOf(["2000::/3"], "ipv6");

/** Whether an IP address is one on the open internet: neither of this machine, nor of its network, nor of
 * a cloud's own services. */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !special4.check(address, "ipv4");
  return isIP(address) === 6 && given6.check(address, "ipv6") && !special6.check(address, "ipv6");
}
