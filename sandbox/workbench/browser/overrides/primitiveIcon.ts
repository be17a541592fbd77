// The path form of the name gets the original, because the module name is what this file replaces.
import PrimitiveIcon from '../../../../node_modules/lightning-base-components/src/lightning/primitiveIcon/primitiveIcon.js';

/** Draws an icon from the sprite of its category, in the same `<svg>` with the same classes as the original. */
export default class SpriteIcon extends PrimitiveIcon {
  override get href(): string {
    if (this.src || !this.category) return super.href;
    return new URL(`../icons/${this.category}.svg#${this.name}`, import.meta.url).href;
  }
}
