/** What we read of package.json, which lies outside of the sources' root. */
declare module '*/package.json' {
  const data: { name: string; version: string };
  export default data;
}
