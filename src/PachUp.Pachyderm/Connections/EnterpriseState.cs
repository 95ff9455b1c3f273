namespace PachUp.Pachyderm.Connections;

/// <summary>The state of the enterprise features of a cluster that has them activated.</summary>
/// <param name="Expires">When the activation expires; null if unknown.</param>
public sealed record EnterpriseState(DateTimeOffset? Expires);
