using PachUp.Plugins.Buckets.Locations;

namespace PachUp.Plugins.Buckets.Checking;

/// <summary>What <c>bucket/check</c> takes.</summary>
public sealed record CheckArguments : BucketArguments;
