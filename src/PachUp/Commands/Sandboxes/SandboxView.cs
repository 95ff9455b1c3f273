using PachUp.Cli.Terminals;

namespace PachUp.Commands.Sandboxes;

/// <summary>Shows the address of a sandbox, and how to use it.</summary>
internal static class SandboxView
{
    public static void Write(Page page, SandboxDocument sandbox)
    {
        page.Line(Look.Good($"A sandbox of pachd {sandbox.Release} answers at {sandbox.Address}") + ContentsOf(sandbox));
        page.Line("Point pachctl at it, or give its address to --source or --target:");
        page.Unbroken($"export PACHD_ADDRESS={sandbox.Address}", level: 1);
        page.Line(sandbox.ExposesObjectApi
            ? $"It serves the object API there too. Its peer port is {sandbox.PeerAddress}."
            : $"As in production, only its peer port serves the object API: {sandbox.PeerAddress} (--source-peer, --target-peer).");
        page.Line(sandbox.Data is null
            ? "Its state is lost when it stops. Press Ctrl+C to stop it."
            : $"Its state is kept in \"{sandbox.Data}\". Press Ctrl+C to stop it.");
    }

    private static string ContentsOf(SandboxDocument sandbox) => sandbox switch
    {
        { Archive: { } archive } => $", filled from \"{archive}\".",
        { Data: { } data } => $", with the state in \"{data}\".",
        _ => ", empty.",
    };
}
