/** Server-side caching of an API. */
import type { Duration } from 'aws-cdk-lib';

/** Memory of the cache instance; prices grow with it. */
export enum CacheSize {
  SMALL = 'SMALL',
  MEDIUM = 'MEDIUM',
  LARGE = 'LARGE',
  XLARGE = 'XLARGE',
  LARGE_2X = 'LARGE_2X',
  LARGE_4X = 'LARGE_4X',
  LARGE_8X = 'LARGE_8X',
  LARGE_12X = 'LARGE_12X',
}

export interface CachingOptions {
  /** How long an entry lives, 1 to 3,600 seconds. */
  readonly ttl: Duration;
  /** @default CacheSize.SMALL */
  readonly size?: CacheSize;
  /**
   * Whether CloudWatch gets the load of the instance (`appsyncCacheEngineCPUUtilization`) and the bytes it could not send
   * (`appsyncCacheNetworkBandwidthOutAllowanceExceeded`): when to take a larger one.
   * @default false
   */
  readonly healthMetrics?: boolean;
}

/** How an API caches. Mutations and subscriptions are never cached. */
export class Caching {
  /** Only resolvers that give `cacheKeys` or `cacheTtl` are cached. */
  static perResolver(options: CachingOptions): Caching {
    return new Caching('PER_RESOLVER_CACHING', options);
  }

  /** Every resolver is cached, by its arguments and the caller's identity. */
  static fullRequest(options: CachingOptions): Caching {
    return new Caching('FULL_REQUEST_CACHING', options);
  }

  /** Whole query answers are cached, by query text, variables, identity and headers. */
  static operationLevel(options: CachingOptions): Caching {
    return new Caching('OPERATION_LEVEL_CACHING', options);
  }

  readonly ttl: Duration;
  readonly size: CacheSize;
  readonly healthMetrics: boolean;

  private constructor(
    /** `ApiCachingBehavior` in CloudFormation. */
    readonly behavior: string,
    { ttl, size = CacheSize.SMALL, healthMetrics = false }: CachingOptions,
  ) {
    requireCacheTtl('"ttl" of caching', ttl);
    this.ttl = ttl;
    this.size = size;
    this.healthMetrics = healthMetrics;
  }
}

/** @throws Error unless AppSync can keep an entry that long. @internal */
export function requireCacheTtl(what: string, ttl: Duration): void {
  if (ttl.isUnresolved()) return;
  const seconds = ttl.toSeconds({ integral: false });
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 3_600) throw new Error(`${what} must be 1 to 3,600 whole seconds, got ${seconds}`);
}
