/** Stands in for the base components' icon templates: no template means that primitiveIcon draws from the sprite. */
export default {};
