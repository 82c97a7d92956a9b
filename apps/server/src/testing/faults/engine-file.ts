/** Of a store under fault: holds its instances where they are no processes. */
export const engineFile = 'engine.json'
