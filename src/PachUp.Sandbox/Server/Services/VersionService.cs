using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PachUp.Pachyderm.Wire.Version;

namespace PachUp.Sandbox.Server.Services;

/// <summary>Answers with the release of the server.</summary>
internal sealed class VersionService(Pachd pachd) : API.APIBase
{
    public override Task<Pachyderm.Wire.Version.Version> GetVersion(Empty request, ServerCallContext context) => Task.FromResult(new Pachyderm.Wire.Version.Version
    {
        Major = (uint)pachd.Settings.StatedRelease.Line.Major,
        Minor = (uint)pachd.Settings.StatedRelease.Line.Minor,
        Micro = (uint)pachd.Settings.StatedRelease.Patch,
        Additional = pachd.Settings.StatedRelease.Suffix,
    });
}
