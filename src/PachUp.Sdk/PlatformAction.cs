using PachUp.Pachyderm;

namespace PachUp.Sdk;

/// <summary>An action on a deployment.</summary>
public abstract class PlatformAction
{
    private PlatformAction()
    {
    }

    /// <summary>Saves the deployment, so that it can be deployed again.</summary>
    public sealed class Save : PlatformAction;

    /// <summary>Keeps writers out; PachUp can still write. <see cref="Unfence"/> or reverting undoes it.</summary>
    public sealed class Fence : PlatformAction;

    /// <summary>Lets writers in again.</summary>
    public sealed class Unfence : PlatformAction;

    /// <summary>Makes the clients of the plan's other cluster use this one.</summary>
    public sealed class Switch : PlatformAction;

    /// <summary>Waits until a release answers calls.</summary>
    /// <param name="release">The release.</param>
    /// <param name="timeout">How long to wait.</param>
    public sealed class Wait(Release release, TimeSpan timeout) : PlatformAction
    {
        /// <summary>The release.</summary>
        public Release Release => release;

        /// <summary>How long to wait.</summary>
        public TimeSpan Timeout => timeout;
    }

    /// <summary>Removes the deployment.</summary>
    /// <param name="keepVolumes">Whether its volumes are kept.</param>
    /// <param name="timeout">How long to wait until it is removed.</param>
    public sealed class Undeploy(bool keepVolumes, TimeSpan timeout) : PlatformAction
    {
        /// <summary>Whether its volumes are kept.</summary>
        public bool KeepVolumes => keepVolumes;

        /// <summary>How long to wait until it is removed.</summary>
        public TimeSpan Timeout => timeout;

        /// <summary>How long to wait for a person who removes it.</summary>
        public TimeSpan TimeoutByHand { get; init; } = TimeSpan.FromHours(12);
    }

    /// <summary>Deploys a release and waits until it is ready.</summary>
    /// <param name="release">The release.</param>
    /// <param name="freshMetadata">Whether it starts with empty metadata storage.</param>
    /// <param name="timeout">How long to wait.</param>
    public sealed class Deploy(Release release, bool freshMetadata, TimeSpan timeout) : PlatformAction
    {
        /// <summary>The release.</summary>
        public Release Release => release;

        /// <summary>Whether it starts with empty metadata storage.</summary>
        public bool FreshMetadata => freshMetadata;

        /// <summary>How long to wait.</summary>
        public TimeSpan Timeout => timeout;

        /// <summary>How long to wait for a person who deploys it.</summary>
        public TimeSpan TimeoutByHand { get; init; } = TimeSpan.FromHours(12);
    }
}
