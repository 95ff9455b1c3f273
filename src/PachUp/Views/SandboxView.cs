using PachUp.Pachyderm;
using PachUp.Terminals;

namespace PachUp.Views;

/// <summary>Where a sandbox cluster is, and how to use it.</summary>
internal static class SandboxView
{
    public static void Write(Page page, string address, Release release, string? archive)
    {
        var contents = archive is null ? ", empty." : $", filled from \"{archive}\".";
        page.Line(Look.Good($"A sandbox of pachd {release} answers at {address}") + contents);
        page.Line("Point pachctl at it, or give its address to --source or --target:");
        page.Raw($"  export PACHD_ADDRESS={address}");
        page.Line("What it holds is gone when it ends. Ctrl+C ends it.");
    }
}
