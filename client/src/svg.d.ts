/** The builder loads SVG files as text (`loader` in angular.json). */
declare module '*.svg' {
  const svg: string;
  export default svg;
}
