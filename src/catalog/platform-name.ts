import { Citation } from './citation';

/**
 * What a platform calls a model.
 */
export interface PlatformName extends Citation {
  /**
   * The platform, for example `Box AI`.
   */
  readonly platform: string;

  /**
   * The model's name or ID there.
   */
  readonly name: string;
}
