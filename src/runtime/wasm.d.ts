/** As the edge platform gives it: compiled, not yet running. */
declare module '*.wasm' {
  const module: WebAssembly.Module
  export default module
}
