namespace PachUp.Plugins.Buckets.Checking;

/// <summary>A key that something of the cluster refers to.</summary>
/// <param name="Key">The key: <c>object/HASH</c> or <c>block/ID</c>.</param>
/// <param name="AtLeast">How many bytes it must have.</param>
/// <param name="Owner">What refers to it: <c>file images@4f...:/1.png</c>.</param>
internal readonly record struct Reference(string Key, long AtLeast, string Owner);
