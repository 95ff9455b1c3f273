namespace PachUp.Pachyderm.Connections;

/// <summary>The enterprise features of a cluster on which they are active.</summary>
/// <param name="Expires">When the activation ends; null where the server does not say it.</param>
public sealed record EnterpriseState(DateTimeOffset? Expires);
