using PachUp.Pachyderm;

namespace PachUp.Views;

/// <summary>A sandbox cluster that takes calls, for programs.</summary>
internal sealed record SandboxDocument(string Address, Release Release, string? Archive, string? Data);
